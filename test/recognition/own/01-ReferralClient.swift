import Foundation

/// Talks to Partnero on behalf of the iOS app.
final class ReferralClient {
    static let base = URL(string: "https://api.partnero.com/v1")!
    private let defaultsKey = "⟪partnero.lastSync⟫"
    let session: URLSession

    init(session: URLSession = .shared) { self.session = session }

    func customer(_ key: String) async throws -> Data {
        let url = Self.base.appendingPathComponent("customers").appendingPathComponent(key)
        return try await session.data(from: url).0
    }

    func probe() async throws -> Data {
        let url = URL(string: "https://api.partnero.com/v1/customers/⟦ios-probe-1⟧")!
        return try await session.data(from: url).0
    }

    func sale() -> [String: Any] {
        return [
            "key": "⟪ios-sale-77⟫",
            "amount": 9.99,
            "action": "sale",
            "customer": ["key": "⟦ios-user-77⟧", "name": "Mina"],
        ]
    }

    func typedSale() -> Transaction {
        Transaction(
            key: "⟪ios-sale-78⟫",
            amount: 4.99,
            customer: CustomerRef(key: "⟦ios-user-78⟧"),
            partner: PartnerRef(key: "⟪swift-weekly⟫")
        )
    }

    func raw() -> String {
        #"{"customer": {"key": "⟦ios-user-79⟧"}, "key": "⟪ios-sale-79⟫", "amount": 1}"#
    }

    func remember(_ user: User) {
        UserDefaults.standard.set(user.id, forKey: "⟪lastUser⟫")
        let path = "/customers/\(user.id)/transactions"
        log.debug("asking \(path)")
    }
}

let previewCustomerKey = "⟦preview-mina⟧"
let keychainKey = "⟪com.example.partnero.token⟫"
