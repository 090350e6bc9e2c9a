using System.Collections.Generic;
namespace Shop.Partnero;

public class Handler
{
    private const string CustomerKey = "⟦net-1⟧";
    private const string SessionKey = "⟪net-session⟫";
    public string PartnerKey { get; set; } = "⟪net-partner⟫";

    public Dictionary<string, object> Sale() => new()
    {
        ["key"] = "⟪net-tx-1⟫",
        ["amount"] = 3,
        ["customer"] = new Dictionary<string, string> { ["key"] = "⟦net-2⟧" },
    };

    public Dictionary<string, object> Older() => new Dictionary<string, object>
    {
        { "key", "⟪net-tx-2⟫" },
        { "amount", 3 },
        { "customer", new Dictionary<string, string> { { "key", "⟦net-3⟧" } } },
    };

    public void Log(ILogger log) => log.LogInformation("booked for customer_key={CustomerKey}", CustomerKey);

    public string Url(string id) => $"https://api.partnero.com/v1/customers/{Uri.EscapeDataString(id)}";
    public string Probe() => $"https://api.partnero.com/v1/customers/⟦net-4⟧";
}
