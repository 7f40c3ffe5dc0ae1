using System.Linq.Expressions;

namespace ProPartHub.Domain.Leads.Sorting;

/// <summary>An expression with another in the place of a parameter.</summary>
internal sealed class Replacement(ParameterExpression parameter, Expression value) : ExpressionVisitor
{
    protected override Expression VisitParameter(ParameterExpression node) => node == parameter ? value : node;
}
