using NetVips;

namespace ProPartHub.Domain.Catalogue.Demo;

/// <summary>
/// Pictures drawn by code for made-up developments, the same each time: houses before a sky, a room with a window, the sea
/// from a balcony. They are told for drawings at once.
/// </summary>
internal static class DemoPictures
{
    private const int Width = 960;
    private const int Height = 640;

    private static readonly (double[] Sky, double[] Horizon, double[] Wall)[] Palettes =
    [
        ([74, 132, 196], [214, 232, 244], [236, 228, 214]),
        ([240, 168, 120], [252, 226, 196], [196, 122, 96]),
        ([40, 58, 110], [232, 150, 120], [86, 98, 128]),
        ([120, 180, 190], [236, 244, 236], [222, 206, 176]),
        ([88, 110, 170], [246, 206, 190], [248, 244, 236]),
        ([96, 160, 220], [238, 246, 250], [172, 184, 170]),
    ];

    /// <summary>Houses, of another height, colour and number for each seed, as JPEG.</summary>
    public static byte[] Facade(int seed)
    {
        var random = new Random(seed);
        var (sky, horizon, wall) = Palettes[seed % Palettes.Length];
        return Drawn(
            sky,
            horizon,
            canvas =>
            {
                // A sun, low or high.
                canvas.DrawCircle([255, 244, 214], random.Next(120, Width - 120), random.Next(90, 240), 46, fill: true);
                var houses = random.Next(3, 5);
                var width = (Width - 120) / houses;
                for (var house = 0; house < houses; house++)
                {
                    var floors = random.Next(5, 12);
                    var shade = 1 - 0.09 * house;
                    House(canvas, random, 60 + house * width, width - 26, floors, [.. wall.Select(c => c * shade)]);
                }

                canvas.DrawRect([104, 132, 98], 0, 580, Width, 60, fill: true);
                canvas.DrawRect([196, 192, 184], 0, 612, Width, 12, fill: true);
            }
        );
    }

    /// <summary>A room with a large window, as JPEG.</summary>
    public static byte[] Room() =>
        Drawn(
            [244, 240, 232],
            [230, 222, 208],
            canvas =>
            {
                canvas.DrawRect([176, 142, 108], 0, 470, Width, 170, fill: true);
                canvas.DrawRect([150, 196, 222], 330, 90, 470, 300, fill: true);
                canvas.DrawRect([92, 150, 178], 330, 290, 470, 100, fill: true);
                for (var x = 322; x <= 796; x += 237)
                {
                    canvas.DrawRect([250, 250, 248], x, 82, 12, 316, fill: true);
                }

                canvas.DrawRect([250, 250, 248], 322, 388, 486, 12, fill: true);
                canvas.DrawRect([84, 104, 122], 90, 410, 420, 110, fill: true);
                canvas.DrawRect([104, 126, 146], 90, 350, 420, 76, fill: true);
                canvas.DrawRect([120, 92, 66], 600, 480, 220, 16, fill: true);
                canvas.DrawRect([96, 72, 52], 620, 496, 12, 70, fill: true);
                canvas.DrawRect([96, 72, 52], 788, 496, 12, 70, fill: true);
                canvas.DrawCircle([232, 190, 96], 150, 150, 54, fill: true);
            }
        );

    /// <summary>The sea from a balcony, as JPEG.</summary>
    public static byte[] Sea() =>
        Drawn(
            [86, 152, 214],
            [248, 226, 204],
            canvas =>
            {
                canvas.DrawCircle([255, 236, 190], 700, 250, 60, fill: true);
                for (var wave = 0; wave < 10; wave++)
                {
                    canvas.DrawRect(
                        [44 + wave * 5, 120 + wave * 6, 160 + wave * 3],
                        0,
                        300 + wave * 22,
                        Width,
                        22,
                        fill: true
                    );
                }

                canvas.DrawRect([226, 220, 210], 0, 510, Width, 130, fill: true);
                canvas.DrawRect([64, 72, 84], 0, 420, Width, 10, fill: true);
                for (var x = 8; x < Width; x += 32)
                {
                    canvas.DrawRect([64, 72, 84], x, 430, 5, 90, fill: true);
                }
            }
        );

    private static void House(MutableImage canvas, Random random, int left, int width, int floors, double[] wall)
    {
        const int floor = 38;
        var top = 590 - floors * floor;
        canvas.DrawRect(wall, left, top, width, floors * floor, fill: true);
        canvas.DrawRect([.. wall.Select(c => c * 0.72)], left - 5, top - 9, width + 10, 9, fill: true);
        for (var row = 0; row < floors; row++)
        {
            for (var x = left + 12; x + 24 <= left + width; x += 34)
            {
                double[] glass = random.Next(4) == 0 ? [255, 220, 150] : [112, 150, 178];
                canvas.DrawRect(glass, x, top + row * floor + 8, 20, 22, fill: true);
            }
        }
    }

    // A sky that fades towards the horizon, and whatever stands before it.
    private static byte[] Drawn(double[] above, double[] below, Action<MutableImage> draw)
    {
        using var places = Image.Xyz(Width, Height);
        using var down = places[1];
        using var sky = down.Linear([.. above.Zip(below, (from, to) => (to - from) / Height)], above, uchar: true);
        using var canvas = sky.Copy(interpretation: Enums.Interpretation.Srgb);
        using var drawn = canvas.Mutate(draw);
        return drawn.JpegsaveBuffer(q: 88);
    }
}
