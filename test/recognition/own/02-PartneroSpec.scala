package shop.partnero

import play.api.libs.json._
import org.scalatest.wordspec.AnyWordSpec

class PartneroSpec extends AnyWordSpec {
  private val base = "https://api.partnero.com/v1"

  "the client" should {
    "send a sale" in {
      val body = Json.obj(
        "key" -> "⟪sc-1⟫",
        "amount" -> 12,
        "customer" -> Json.obj("key" -> "⟦scala-100⟧")
      )
      assert(client.send(body).isSuccess)
    }

    "send another with a map" in {
      val body = Map(
        "customer" -> Map("key" -> "⟦scala-101⟧"),
        "key" -> "⟪sc-2⟫",
        "amount" -> 3
      )
      assert((body("customer"): Any) != null)
    }

    "sign up" in {
      client.post("/customers", Json.obj(
        "partner" -> Json.obj("key" -> "⟪implicits⟫"),
        "key" -> "⟦scala-102⟧",
        "email" -> "s102@example.com"
      ))
    }

    "ask by url" in {
      assert(client.get(s"$base/customers/⟦scala-103⟧").status == 404)
      assert(client.get(s"$base/customers/$userId").status == 404)
      assert(client.get(s"$base/partners/⟪implicits⟫").status == 200)
    }

    "copy a case class" in {
      val ref = CustomerRef(key = "⟦scala-104⟧", email = None)
      val partner = PartnerRef(key = "⟪typelevel⟫")
      assert(ref.key == "⟦scala-104⟧")
      cache.put("⟪partnero:last⟫", ref)
    }
  }
}
