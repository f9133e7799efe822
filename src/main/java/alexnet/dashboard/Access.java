package alexnet.dashboard;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Who may ask the server. On a loopback address everybody on the machine, if the Host header names the machine itself, so
 * that no page of the internet can reach it by a name of its own; on another address whoever knows the token.
 *
 * @param host the address that the server listens on, as the user wrote it
 * @param port where it listens
 * @param token what has to be shown; empty on a loopback address
 */
record Access(String host, int port, String token) {
    private static final Set<String> LOOPBACK = Set.of("127.0.0.1", "localhost", "[::1]");
    private static final Set<String> EVERY_ADDRESS = Set.of("0.0.0.0", "::", "[::]");
    private static final int TOKEN_BYTES = 16;

    /** What is done with a request. */
    enum Verdict {
        /** Answer it. */
        PASS,
        /** The token is in the address: set the cookie and ask again without it. */
        WELCOME,
        /** The Host header names another machine, or another site has sent it. */
        FOREIGN,
        /** Token absent or wrong. */
        NO_TOKEN
    }

    /**
     * What a request says of itself; null where it says nothing.
     *
     * @param host header Host
     * @param origin header Origin
     * @param token from the query
     * @param cookies header Cookie
     */
    record Asked(String host, String origin, String token, String cookies) {}

    static String newToken() {
        byte[] bytes = new byte[TOKEN_BYTES];
        new SecureRandom().nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }

    Verdict judge(Asked asked) {
        if (asked.host() == null || !isOwn(asked.host())) {
            return Verdict.FOREIGN;
        }
        if (asked.origin() != null && !asked.origin().equalsIgnoreCase("http://" + asked.host())) {
            return Verdict.FOREIGN;
        }
        if (token.isEmpty()) {
            return Verdict.PASS;
        }
        if (asked.token() != null) {
            return isToken(asked.token()) ? Verdict.WELCOME : Verdict.NO_TOKEN;
        }
        return cookies(asked.cookies()).stream().anyMatch(this::isToken) ? Verdict.PASS : Verdict.NO_TOKEN;
    }

    /** The cookie that stands for the token from then on; no script can read it. */
    String cookie() {
        return cookieName() + "=" + token + "; Path=/; HttpOnly; SameSite=Lax";
    }

    /** What the user opens. */
    String address() {
        String shown = host.contains(":") && !host.startsWith("[") ? "[" + host + "]" : host;
        return "http://" + shown + ":" + port + "/" + (token.isEmpty() ? "" : "?token=" + token);
    }

    private boolean isOwn(String header) {
        String name = header.toLowerCase(Locale.ROOT);
        boolean ownPort = name.endsWith(":" + port) || port == 80 && !name.matches(".*:\\d+");
        String machine = name.replaceFirst(":\\d+$", "");
        boolean ownName = LOOPBACK.contains(machine)
                || machine.equals(host.toLowerCase(Locale.ROOT))
                || machine.equals("[" + host.toLowerCase(Locale.ROOT) + "]")
                || EVERY_ADDRESS.contains(host); // then any of the machine's names; the token decides
        return ownPort && ownName;
    }

    private String cookieName() {
        return "alexnet-" + port; // cookies do not tell ports apart
    }

    private List<String> cookies(String header) {
        return header == null
                ? List.of()
                : List.of(header.split(";\\s*")).stream()
                        .filter(cookie -> cookie.startsWith(cookieName() + "="))
                        .map(cookie -> cookie.substring(cookieName().length() + 1))
                        .toList();
    }

    private boolean isToken(String shown) {
        return MessageDigest.isEqual(shown.getBytes(StandardCharsets.UTF_8), token.getBytes(StandardCharsets.UTF_8));
    }
}
