using Npgsql;
using ProPartHub.Tests.Infrastructure.Postgres;
using Xunit;

namespace ProPartHub.Tests.Transfer.Legacy;

/// <summary>A former portal's database of the test's own, without the keys that would keep its rows in order.</summary>
public sealed class LegacyPortal : IAsyncDisposable
{
    private static readonly TemplateDatabase Template = new("legacy_template", FillAsync);

    private readonly TestDatabase _database;

    private LegacyPortal(TestDatabase database) => _database = database;

    public string ConnectionString => _database.ConnectionString;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static async Task<LegacyPortal> CreateAsync() => new(await TestDatabase.CreateAsync(Template, Token));

    public Task RunAsync(string sql) => RunAsync(ConnectionString, sql, Token);

    public ValueTask DisposeAsync() => _database.DisposeAsync();

    private static async Task FillAsync(string connectionString, CancellationToken cancellationToken) =>
        await RunAsync(connectionString, Schema, cancellationToken);

    private static async Task RunAsync(string connectionString, string sql, CancellationToken cancellationToken)
    {
        await using var connection = new NpgsqlConnection(connectionString);
        await connection.OpenAsync(cancellationToken);
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    private const string Schema = """
        CREATE TABLE "user" (
            id serial PRIMARY KEY, username varchar(80) NOT NULL UNIQUE, email varchar(120) NOT NULL UNIQUE,
            password_hash varchar(120) NOT NULL DEFAULT '', role varchar(20) NOT NULL DEFAULT 'agent',
            created_at timestamp DEFAULT '2025-10-01 08:00:00', admin_id integer, commission double precision DEFAULT 0.0,
            points integer DEFAULT 0, level varchar(20) DEFAULT 'bronze', total_leads integer DEFAULT 0,
            closed_deals integer DEFAULT 0, is_verified boolean DEFAULT false, verification_requested boolean DEFAULT false,
            verification_request_date timestamp, verification_document_path varchar(200), verification_notes text,
            is_active boolean DEFAULT true, last_login timestamp, login_attempts integer DEFAULT 0, locked_until timestamp
        );
        CREATE TABLE lead (
            id serial PRIMARY KEY, agent_id integer NOT NULL, deal_name varchar(100) NOT NULL,
            email varchar(120) NOT NULL DEFAULT '', phone varchar(20), second_phone varchar(20), company varchar(100),
            telegram_nickname varchar(50), messenger varchar(20), birth_date date, budget varchar(50),
            status varchar(50) DEFAULT 'new', hubspot_stage_label varchar(100), is_transferred boolean DEFAULT false,
            notes text, country varchar(50), purchase_goal varchar(50), property_type varchar(50), object_type varchar(50),
            communication_language varchar(50), source varchar(50), refusal_reason varchar(50),
            hubspot_contact_id varchar(50), hubspot_deal_id varchar(50),
            created_at timestamp DEFAULT '2025-11-03 10:00:00', updated_at timestamp DEFAULT '2025-11-03 10:00:00',
            last_sync_at timestamp, last_updated_hubspot timestamp
        );
        CREATE TABLE comment (
            id serial PRIMARY KEY, lead_id integer NOT NULL, user_id integer NOT NULL, parent_id integer,
            content text NOT NULL, hubspot_note_id varchar(50), created_at timestamp DEFAULT '2025-11-05 12:00:00',
            updated_at timestamp DEFAULT '2025-11-05 12:00:00'
        );
        CREATE TABLE activity (
            id serial PRIMARY KEY, lead_id integer NOT NULL, hubspot_activity_id varchar(50) UNIQUE,
            activity_type varchar(20) NOT NULL, subject varchar(200), body text, status varchar(20) DEFAULT 'completed',
            direction varchar(10), duration integer, created_at timestamp DEFAULT now(), updated_at timestamp
        );
        CREATE TABLE property (
            id serial PRIMARY KEY, name varchar(200) NOT NULL, location_country varchar(100) NOT NULL,
            location_city varchar(100) NOT NULL, location_district varchar(100), price_from numeric(15,2) NOT NULL,
            price_to numeric(15,2), description text, payment_type text, created_by integer NOT NULL,
            created_at timestamp DEFAULT '2025-10-20 09:00:00', updated_at timestamp DEFAULT '2025-10-21 09:00:00'
        );
        CREATE TABLE property_photo (
            id serial PRIMARY KEY, property_id integer NOT NULL, filename varchar(255) NOT NULL,
            file_path varchar(500) NOT NULL, file_size integer, file_type varchar(100),
            uploaded_at timestamp DEFAULT '2025-10-20 09:05:00', is_main boolean DEFAULT false
        );
        CREATE TABLE property_unit (
            id serial PRIMARY KEY, property_id integer NOT NULL, unit_type varchar(50) NOT NULL,
            size_from numeric(8,2) NOT NULL, size_to numeric(8,2), price_per_unit numeric(15,2) NOT NULL,
            created_at timestamp DEFAULT now()
        );
        CREATE TABLE unit_photo (
            id serial PRIMARY KEY, unit_id integer NOT NULL, filename varchar(255) NOT NULL, file_path varchar(500) NOT NULL,
            file_size integer, file_type varchar(100), uploaded_at timestamp DEFAULT '2025-10-20 09:05:00'
        );
        CREATE TABLE property_document (
            id serial PRIMARY KEY, property_id integer NOT NULL, filename varchar(255) NOT NULL,
            file_path varchar(500) NOT NULL, file_size integer, file_type varchar(100), description varchar(500),
            uploaded_at timestamp DEFAULT '2025-10-20 09:05:00'
        );
        CREATE TABLE user_document (
            id serial PRIMARY KEY, user_id integer NOT NULL, filename varchar(255) NOT NULL, file_path varchar(500) NOT NULL,
            file_size integer, file_type varchar(100), uploaded_by integer, description varchar(500),
            uploaded_at timestamp DEFAULT '2025-10-20 09:05:00'
        );
        """;
}
