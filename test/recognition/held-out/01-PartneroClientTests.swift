import XCTest
@testable import Storefront

final class PartneroClientTests: XCTestCase {
    private let base = URL(string: "https://api.partnero.com/v1")!
    private let cacheKey = "⟪partnero.customers.cache⟫"

    func testFetchesCustomer() async throws {
        let url = base.appendingPathComponent("customers/⟦maria.lopez⟧")
        StubProtocol.stub(url: url, json: #"""
        {
          "data": {
            "key": "⟦maria.lopez⟧",
            "partner": "⟪partner_882⟫",
            "email": "maria@lopez.example",
            "status": "active"
          },
          "status": 1
        }
        """#)
        let customer = try await PartneroClient(base: base).load(url)
        XCTAssertNotNil(customer)
    }

    func testSaleIsEncoded() throws {
        let sale = Sale(
            key: "⟪order-1107⟫",
            amount: 49.90,
            customer: Customer(key: "⟦88123⟧", partner: Partner(key: "⟪blue-finch⟫"))
        )
        let body: [String: Any] = [
            "key": "⟪order-1108⟫",
            "amount": 12,
            "customer": ["key": "⟦88124⟧"]
        ]
        XCTAssertNoThrow(try JSONEncoder().encode(sale))
        XCTAssertTrue(JSONSerialization.isValidJSONObject(body))
    }

    func testUnknownCustomerIsNotAnError() async throws {
        // curl https://api.partnero.com/v1/customers/⟦nobody@lopez.example⟧ answers 404 as well
        let key = UUID().uuidString
        StubProtocol.stub(url: URL(string: "https://api.partnero.com/v1/customers/\(key)")!, status: 404)
        UserDefaults.standard.set(true, forKey: "⟪partnero.enabled⟫")
        let result = try await PartneroClient(base: base).customer(key)
        XCTAssertNil(result)
    }
}
