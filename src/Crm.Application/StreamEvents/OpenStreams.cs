using System.Runtime.InteropServices;
using Crm.Application.Events;
using Crm.Application.Telemetry;
using Microsoft.Extensions.Options;

namespace Crm.Application.StreamEvents;

/// <summary>Counts the streams each account has open, and refuses one too many.</summary>
internal sealed class OpenStreams(IOptions<EventsOptions> options, CrmMetrics metrics)
{
    private readonly Dictionary<long, int> _open = [];

    /// <summary>A place to be given back; null when all of the account's are taken.</summary>
    public IDisposable? TryEnter(long accountId)
    {
        lock (_open)
        {
            ref var count = ref CollectionsMarshal.GetValueRefOrAddDefault(_open, accountId, out _);
            if (count >= options.Value.MaxStreamsPerAccount)
            {
                return null;
            }

            count++;
            metrics.ReaderCame();
            return new Place(this, accountId);
        }
    }

    private void Leave(long accountId)
    {
        metrics.ReaderLeft();
        lock (_open)
        {
            if (--CollectionsMarshal.GetValueRefOrAddDefault(_open, accountId, out _) == 0)
            {
                _open.Remove(accountId);
            }
        }
    }

    private sealed class Place(OpenStreams owner, long accountId) : IDisposable
    {
        private bool _left;

        public void Dispose()
        {
            if (!_left)
            {
                _left = true;
                owner.Leave(accountId);
            }
        }
    }
}
