using Crm.Application.Messages;

namespace Crm.Infrastructure.Persistence.Rows;

/// <summary>A message in its new wording, and what it said before.</summary>
internal sealed record Reworded(MessageRow Row, string PreviousText, long? PreviousEditedAt);
