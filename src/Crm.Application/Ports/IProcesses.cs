using Crm.Application.Ports.Storage;

namespace Crm.Application.Ports;

/// <summary>The processes of this machine.</summary>
public interface IProcesses
{
    /// <summary>This one.</summary>
    LeaseHolder Self { get; }

    /// <summary>Whether a process is known to have ended; false when it can't be seen from here.</summary>
    bool HasEnded(LeaseHolder process);
}
