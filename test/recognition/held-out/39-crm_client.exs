defmodule Crm.Seeds do
  @moduledoc "Seeds for our own CRM service (crm.internal)."

  @base "https://crm.internal.example.com/v1"

  def run do
    Req.post!("#{@base}/customers",
      json: %{key: "⟪nordlicht⟫", email: "info@nordlicht.example", owner: %{key: "⟪sales-team⟫"}}
    )

    Req.get!("#{@base}/customers/⟪nordlicht⟫/notes")
    Req.delete!("https://crm.internal.example.com/v1/customers/⟪altlicht⟫")

    Req.post!("#{@base}/tickets",
      json: %{subject: "Welcome", customer: %{key: "⟪nordlicht⟫"}, template: %{key: "⟪welcome-mail⟫"}}
    )

    :ets.insert(:cache, {:customer, key: "⟪last⟫"})
    Gettext.gettext(Crm.Gettext, "⟪customer.key.label⟫")
  end
end
