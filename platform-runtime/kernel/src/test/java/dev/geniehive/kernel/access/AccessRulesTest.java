package dev.geniehive.kernel.access;

import static org.assertj.core.api.Assertions.assertThat;

import dev.geniehive.api.model.ErrorKind;
import dev.geniehive.api.model.Headers;
import dev.geniehive.kernel.app.Access;
import dev.geniehive.kernel.config.AccessConfig;
import dev.geniehive.kernel.config.AccessConfig.RequireKeys;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class AccessRulesTest {
    private static final String ADMIN = "gh-admin-aaaaaaaaaaaaaaaa";
    private static final String CLIENT = "gh-client-bbbbbbbbbbbbbbbb";
    private static final String NODE = "gh-node-cccccccccccccccc";
    private static final String TOKEN = "gh-join-dddddddddddddddd";
    private static final Keys KEYS = Keys.of(Map.of(KeyHash.of(ADMIN), new Principal("admin", Principal.Kind.ADMIN)))
            .or(Keys.of(Map.of(
                    KeyHash.of(CLIENT), new Principal("laptop", Principal.Kind.CLIENT),
                    KeyHash.of(NODE), new Principal("workshop", Principal.Kind.NODE),
                    KeyHash.of(TOKEN), new Principal("join:1", Principal.Kind.JOINING))));
    private static final Headers LOCAL = Headers.of("Host", "localhost:7833");

    @ParameterizedTest
    @CsvSource({
        ADMIN + ",OPERATOR,admin",
        ADMIN + ",NODE,403",
        ADMIN + ",JOIN,403",
        ADMIN + ",CLIENT,admin",
        CLIENT + ",CLIENT,laptop",
        CLIENT + ",OPERATOR,403",
        CLIENT + ",NODE,403",
        CLIENT + ",JOIN,403",
        NODE + ",NODE,workshop",
        NODE + ",JOIN,workshop",
        NODE + ",OPERATOR,403",
        NODE + ",CLIENT,403",
        TOKEN + ",JOIN,join:1",
        TOKEN + ",NODE,403",
        TOKEN + ",OPERATOR,403",
        TOKEN + ",CLIENT,403"
    })
    void letsAKeyDoWhatItIsFor(String key, Access needed, String outcome) throws UnknownHostException {
        Headers headers =
                Headers.of("Host", "hive.example", "Origin", "https://page", "Authorization", "Bearer " + key);

        assertThat(outcome(RequireKeys.AUTO, needed, "192.168.1.9", headers, false))
                .isEqualTo(outcome);
    }

    @ParameterizedTest
    @CsvSource({"authorization,bearer %s", "AUTHORIZATION,Bearer   %s", "x-api-key,%s", "X-API-Key, %s "})
    void takesTheKeyFromEitherHeader(String name, String value) throws UnknownHostException {
        assertThat(outcome(
                        RequireKeys.ALWAYS,
                        Access.CLIENT,
                        "127.0.0.1",
                        LOCAL.with(name, value.formatted(CLIENT)),
                        true))
                .isEqualTo("laptop");
    }

    @Test
    void takesTheSameKeyTwice() throws UnknownHostException {
        Headers headers = LOCAL.with("Authorization", "Bearer " + CLIENT).with("x-api-key", CLIENT);

        assertThat(outcome(RequireKeys.AUTO, Access.CLIENT, "127.0.0.1", headers, true))
                .isEqualTo("laptop");
    }

    @Test
    void refusesTwoDifferentKeys() throws UnknownHostException {
        Headers headers = LOCAL.with("Authorization", "Bearer " + CLIENT).with("x-api-key", ADMIN);

        Verdict verdict = decide(RequireKeys.AUTO, Access.CLIENT, "127.0.0.1", headers, true);

        assertThat(verdict).isInstanceOfSatisfying(Verdict.Refused.class, refused -> {
            assertThat(refused.problem().kind()).isEqualTo(ErrorKind.UNAUTHORIZED);
            assertThat(refused.problem().code()).isEqualTo("malformed_api_key");
            assertThat(refused.problem().message())
                    .contains("two different keys")
                    .doesNotContain(CLIENT);
        });
    }

    @ParameterizedTest
    @CsvSource({
        "Authorization,Bearer sk-made-up",
        "Authorization,Bearer none",
        "Authorization,Bearer",
        "Authorization,''",
        "x-api-key,ollama",
        "x-api-key,''"
    })
    void takesAMadeUpKeyForNoneWhereNoneIsNeeded(String name, String value) throws UnknownHostException {
        assertThat(outcome(RequireKeys.AUTO, Access.CLIENT, "127.0.0.1", LOCAL.with(name, value), true))
                .isEqualTo("loopback");
        assertThat(outcome(RequireKeys.ALWAYS, Access.CLIENT, "127.0.0.1", LOCAL.with(name, value), true))
                .isEqualTo("401");
        assertThat(outcome(RequireKeys.AUTO, Access.OPERATOR, "127.0.0.1", LOCAL.with(name, value), true))
                .isEqualTo("401");
    }

    @Test
    void doesNotLetAMadeUpKeyOpenWhatNoKeyWouldOpen() throws UnknownHostException {
        Headers fromAPage = LOCAL.with("x-api-key", "ollama").with("Origin", "https://evil.example");

        assertThat(outcome(RequireKeys.AUTO, Access.CLIENT, "127.0.0.1", fromAPage, true))
                .isEqualTo("401");
    }

    @ParameterizedTest
    @CsvSource({
        "Authorization,Bearer gh-revoked",
        "Authorization,Basic dXNlcjpwYXNz",
        "Authorization,Bearer one two",
        "x-api-key,gh-mistyped",
        "x-api-key,one two"
    })
    void refusesAKeyThatIsMalformedOrLooksLikeOursAlsoWhereNoneIsNeeded(String name, String value)
            throws UnknownHostException {
        assertThat(outcome(RequireKeys.AUTO, Access.CLIENT, "127.0.0.1", LOCAL.with(name, value), true))
                .isEqualTo("401");
    }

    @Test
    void refusesAKeyOfAnUnreasonableLength() throws UnknownHostException {
        Headers headers = LOCAL.with("x-api-key", "k".repeat(513));

        assertThat(outcome(RequireKeys.AUTO, Access.CLIENT, "127.0.0.1", headers, true))
                .isEqualTo("401");
    }

    @ParameterizedTest
    @EnumSource(names = {"OPERATOR", "NODE", "JOIN"})
    void alwaysWantsAKeyForOperatorsAndNodes(Access needed) throws UnknownHostException {
        assertThat(outcome(RequireKeys.NEVER, needed, "127.0.0.1", LOCAL, true)).isEqualTo("401");
    }

    @Test
    void asksNobodyOnPublicRoutes() throws UnknownHostException {
        assertThat(outcome(RequireKeys.ALWAYS, Access.PUBLIC, "192.168.1.9", Headers.NONE, false))
                .isEqualTo("anybody");
    }

    @ParameterizedTest
    @CsvSource({
        "AUTO,true,127.0.0.1,loopback",
        "AUTO,true,::1,loopback",
        "AUTO,true,192.168.1.9,401",
        "AUTO,false,127.0.0.1,401",
        "AUTO,false,192.168.1.9,401",
        "ALWAYS,true,127.0.0.1,401",
        "NEVER,false,127.0.0.1,loopback",
        "NEVER,false,192.168.1.9,401"
    })
    void needsNoKeyOnThisMachineWhereTheRuleSaysSo(RequireKeys rule, boolean loopbackOnly, String peer, String outcome)
            throws UnknownHostException {
        assertThat(outcome(rule, Access.CLIENT, peer, LOCAL, loopbackOnly)).isEqualTo(outcome);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"localhost", "LOCALHOST:80", "127.0.0.1", "127.0.0.1:7833", "127.200.3.4", "[::1]", "[::1]:7833"
            })
    void knowsLoopbackHosts(String host) throws UnknownHostException {
        assertThat(outcome(RequireKeys.AUTO, Access.CLIENT, "127.0.0.1", Headers.of("Host", host), true))
                .isEqualTo("loopback");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "evil.example",
                "localhost.evil.example",
                "evil.example:7833",
                "127.0.0.1.nip.io",
                "127.0.0.1@evil.example",
                "localhost:80@evil",
                "localhost:",
                "localhost:123456",
                "127.1",
                "127.0.0.01",
                "127.0.0.256",
                "2130706433",
                "0x7f.0.0.1",
                "0.0.0.0",
                "[::]",
                "::1",
                "[::ffff:127.0.0.1]",
                "192.168.1.2",
                "localhost, localhost"
            })
    void refusesEveryOtherHost(String host) throws UnknownHostException {
        assertThat(outcome(RequireKeys.AUTO, Access.CLIENT, "127.0.0.1", Headers.of("Host", host), true))
                .isEqualTo("401");
    }

    @Test
    void refusesAMissingAndARepeatedHost() throws UnknownHostException {
        assertThat(outcome(RequireKeys.AUTO, Access.CLIENT, "127.0.0.1", Headers.NONE, true))
                .isEqualTo("401");
        assertThat(outcome(RequireKeys.AUTO, Access.CLIENT, "127.0.0.1", LOCAL.and(LOCAL), true))
                .isEqualTo("401");
    }

    @ParameterizedTest
    @CsvSource({
        "http://localhost:3000,loopback",
        "https://127.0.0.1,loopback",
        "http://[::1]:8080,loopback",
        "null,401",
        "'',401",
        "http://evil.example,401",
        "http://localhost.evil.example,401",
        "http://localhost:3000/path,401",
        "file://,401",
        "chrome-extension://localhost,401",
        "http://a@localhost,401"
    })
    void looksAtTheOriginOfAWebPage(String origin, String outcome) throws UnknownHostException {
        assertThat(outcome(RequireKeys.AUTO, Access.CLIENT, "127.0.0.1", LOCAL.with("Origin", origin), true))
                .isEqualTo(outcome);
    }

    @Test
    void refusesACrossSiteRequestThatHidesItsOrigin() throws UnknownHostException {
        Headers crossSite = LOCAL.with("Sec-Fetch-Site", "cross-site");

        assertThat(outcome(RequireKeys.AUTO, Access.CLIENT, "127.0.0.1", crossSite, true))
                .isEqualTo("401");
        assertThat(outcome(
                        RequireKeys.AUTO,
                        Access.CLIENT,
                        "127.0.0.1",
                        crossSite.with("Origin", "http://localhost:3000"),
                        true))
                .isEqualTo("loopback");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Forwarded",
                "X-Forwarded-For",
                "x-forwarded-proto",
                "X-Forwarded-Whatever",
                "X-Real-IP",
                "Via",
                "CF-Connecting-IP",
                "CF-Ray",
                "True-Client-IP",
                "Cdn-Loop",
                "X-Envoy-External-Address"
            })
    void refusesWhatCameThroughAProxy(String header) throws UnknownHostException {
        Headers headers = LOCAL.with(header, "127.0.0.1");

        assertThat(outcome(RequireKeys.AUTO, Access.CLIENT, "127.0.0.1", headers, true))
                .isEqualTo("401");
        assertThat(outcome(RequireKeys.AUTO, Access.CLIENT, "127.0.0.1", headers.with("x-api-key", CLIENT), true))
                .isEqualTo("laptop");
    }

    @Test
    void tellsWhatItFoundAndTheNextStep() throws UnknownHostException {
        Verdict verdict =
                decide(RequireKeys.AUTO, Access.CLIENT, "127.0.0.1", LOCAL.with("X-Forwarded-For", "1.2.3.4"), true);

        assertThat(verdict)
                .isInstanceOfSatisfying(
                        Verdict.Refused.class,
                        refused -> assertThat(refused.problem().message())
                                .isEqualTo(
                                        "Only requests of this machine itself may come without a key, and this one came through a"
                                                + " proxy (header 'x-forwarded-for'). Send a key as 'Authorization: Bearer KEY' or"
                                                + " 'x-api-key: KEY'."));
    }

    private static Verdict decide(RequireKeys rule, Access needed, String peer, Headers headers, boolean loopbackOnly)
            throws UnknownHostException {
        return new AccessRules(new AccessConfig(rule), KEYS)
                .decide(new RequestFacts(InetAddress.getByName(peer), headers, loopbackOnly), needed);
    }

    private static String outcome(RequireKeys rule, Access needed, String peer, Headers headers, boolean loopbackOnly)
            throws UnknownHostException {
        return switch (decide(rule, needed, peer, headers, loopbackOnly)) {
            case Verdict.Allowed(Principal principal) -> principal.id();
            case Verdict.Refused refused -> "" + refused.problem().kind().status();
        };
    }
}
