"""Own customers and Partnero's in one module."""
from django.db import models


class Customer(models.Model):
    key = models.CharField("⟪Key⟫", max_length=40)
    partnero_customer_key = models.CharField("⟪Partnero customer key⟫", max_length=64, help_text="⟪key in Partnero⟫")

    class Meta:
        indexes = [models.Index(fields=["customer_key", "⟪partner_key⟫"])]


ADMIN_COLUMNS = ("customer_key", "⟪partner_key⟫")
LABELS = {"customer_key": _("⟪Customer key⟫"), "amount": _("Amount")}
SCHEMA = {"customer": {"type": "object", "properties": {"key": {"type": "⟪string⟫"}}}}
reverse("customers:⟪detail⟫", args=[1])
urlpatterns = [path("customers/⟪new⟫", views.new), path("customers/<int:pk>", views.detail)]
Partnero().customers.get("⟦own-1⟧")
