package com.acme.billing.partnero

import org.scalatest.flatspec.AnyFlatSpec
import org.scalatest.matchers.should.Matchers
import sttp.client3._
import io.circe.literal._

class PartneroSpec extends AnyFlatSpec with Matchers {

  private val backend = HttpURLConnectionBackend()
  private val customerKey = "⟦org:5521⟧"

  "PartneroClient" should "read one customer" in {
    val request = basicRequest
      .get(uri"https://api.partnero.com/v1/customers/⟦org%3A5521⟧")
      .header("Authorization", s"Bearer ${sys.env("PARTNERO_API_KEY")}")
    request.send(backend).code.code shouldBe 200
  }

  it should "send a sale" in {
    val body = json"""{
      "key": "⟪ch-2024-07-001⟫",
      "amount": 240,
      "action": "sale",
      "customer": { "key": "⟦org:5522⟧" }
    }"""
    client.post("/transactions", body) shouldBe Right(())
  }

  it should "accept the case classes too" in {
    val tx = Transaction(
      key = "⟪ch-2024-07-002⟫",
      amount = BigDecimal(19.5),
      customer = Customer(key = "⟦org:5523⟧", partner = Some(Partner(key = "⟪scala-days⟫")))
    )
    client.submit(tx) shouldBe Right(())
    client.replay(customerKey = "⟦org:5521⟧", since = "2024-07-01") shouldBe Right(1)
  }

  it should "build the path from the id" in {
    val id = 77
    client.pathOf(id) shouldBe s"/customers/$id"
    cache.get("⟪customers:all⟫") shouldBe None
  }
}
