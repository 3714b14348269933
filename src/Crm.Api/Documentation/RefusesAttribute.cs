using Microsoft.AspNetCore.Mvc;

namespace Crm.Api.Documentation;

/// <summary>Says that an action may answer with a problem of this status; what every action may answer is added to all of them.</summary>
[AttributeUsage(AttributeTargets.Method, AllowMultiple = true)]
internal sealed class RefusesAttribute(int status) : ProducesResponseTypeAttribute(typeof(ProblemBody), status, ProblemBody.ContentType);
