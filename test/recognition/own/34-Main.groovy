// Gradle task that checks the Partnero credentials before a release
def base = 'https://api.partnero.com/v1'

task probePartnero {
    doLast {
        def conn = new URL("${base}/customers/⟦gr-1⟧").openConnection()
        def payload = [customer: [key: '⟦gr-2⟧'], key: '⟪gr-tx-1⟫', amount: 3]
        def other = new URL("${base}/customers/${project.property('customerKey')}")
        println conn.responseCode
        ext.customerKey = '⟦gr-3⟧'
        signing.keyId = '⟪24875D73⟫'
    }
}
