namespace Crm.Application.Ports.Security;

/// <summary>Random ids for sends: never 0, never the same twice in practice.</summary>
public interface IRandomIds
{
    long Next();
}
