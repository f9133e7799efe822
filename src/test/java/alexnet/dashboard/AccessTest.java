package alexnet.dashboard;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import alexnet.dashboard.Access.Asked;
import alexnet.dashboard.Access.Verdict;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AccessTest {
    private static final Access LOOPBACK = new Access("127.0.0.1", 9000, "");
    private static final Access NETWORK = new Access("192.168.1.5", 9000, "0123abcd");
    private static final Access EVERYWHERE = new Access("0.0.0.0", 9000, "0123abcd");

    private static Verdict judge(Access access, String host, String token, String cookies) {
        return access.judge(new Asked(host, null, token, cookies));
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1:9000", "localhost:9000", "LOCALHOST:9000", "[::1]:9000"})
    void onLoopbackTheMachineItselfMayAsk(String host) {
        assertEquals(Verdict.PASS, judge(LOOPBACK, host, null, null));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "evil.example",
                "evil.example:9000",
                "127.0.0.1:9001",
                "127.0.0.1",
                "127.0.0.1.evil.example:9000",
                "evil.example:127.0.0.1:9000",
                ":9000",
                ""
            })
    void onLoopbackAnyOtherNameIsForeign(String host) {
        assertEquals(Verdict.FOREIGN, judge(LOOPBACK, host, null, null));
    }

    @Test
    void aRequestWithoutHostIsForeign() {
        assertEquals(Verdict.FOREIGN, judge(LOOPBACK, null, null, null));
    }

    @Test
    void aPageOfAnotherSiteMayNotAsk() {
        assertEquals(Verdict.FOREIGN, LOOPBACK.judge(new Asked("127.0.0.1:9000", "http://evil.example", null, null)));
        assertEquals(Verdict.PASS, LOOPBACK.judge(new Asked("127.0.0.1:9000", "http://127.0.0.1:9000", null, null)));
    }

    @Test
    void onTheNetworkTheTokenIsDemandedOnceAndThenItsCookie() {
        assertEquals(Verdict.NO_TOKEN, judge(NETWORK, "192.168.1.5:9000", null, null));
        assertEquals(Verdict.NO_TOKEN, judge(NETWORK, "192.168.1.5:9000", "0123abce", null));
        assertEquals(Verdict.NO_TOKEN, judge(NETWORK, "192.168.1.5:9000", "", null));
        assertEquals(Verdict.WELCOME, judge(NETWORK, "192.168.1.5:9000", "0123abcd", null));
        String cookie = NETWORK.cookie().split(";")[0];
        assertEquals(Verdict.PASS, judge(NETWORK, "192.168.1.5:9000", null, "a=b; " + cookie));
        assertEquals(Verdict.NO_TOKEN, judge(NETWORK, "192.168.1.5:9000", null, cookie + "x"));
        assertEquals(Verdict.NO_TOKEN, judge(NETWORK, "192.168.1.5:9000", null, cookie.replace("9000", "9001")));
    }

    @Test
    void theTokenDoesNotOpenTheServerUnderAForeignName() {
        assertEquals(Verdict.FOREIGN, judge(NETWORK, "evil.example:9000", "0123abcd", null));
    }

    @Test
    void listeningEverywhereAnyNameOfTheMachineWillDoWithTheToken() {
        assertEquals(Verdict.WELCOME, judge(EVERYWHERE, "machine.local:9000", "0123abcd", null));
        assertEquals(Verdict.NO_TOKEN, judge(EVERYWHERE, "machine.local:9000", null, null));
    }

    @Test
    void addressesAreThoseToOpen() {
        assertEquals("http://127.0.0.1:9000/", LOOPBACK.address());
        assertEquals("http://192.168.1.5:9000/?token=0123abcd", NETWORK.address());
        assertEquals("http://[::1]:9000/", new Access("::1", 9000, "").address());
    }

    @Test
    void tokensCannotBeGuessedFromOneAnother() {
        assertEquals(32, Access.newToken().length());
        assertNotEquals(Access.newToken(), Access.newToken());
    }
}
