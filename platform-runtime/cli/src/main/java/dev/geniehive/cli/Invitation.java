package dev.geniehive.cli;

import dev.geniehive.kernel.config.ConfigSources;
import java.net.URI;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What an agent was told about a control plane to join.
 *
 * @param url its address without a trailing slash; empty for those that it knows already
 * @param token lets it in once
 */
record Invitation(Optional<String> url, Optional<Token> token) {
    Invitation {
        url = url.map(Invitation::address);
    }

    /**
     * A join token.
     *
     * @param text never printed
     * @param origin the flag or variable that gave it
     */
    record Token(String text, String origin) {
        static final int MAX_LENGTH = 512;

        private static final Pattern TOKEN = Pattern.compile("[A-Za-z0-9._~+/=-]{1,512}");

        Token {
            text = text.strip();
            if (!TOKEN.matcher(text).matches()) {
                throw new CommandFailure(
                        ExitCode.USAGE,
                        "%s does not give a token. Make one on the control plane with: geniehive node invite"
                                .formatted(origin));
            }
        }

        /** {@return where it comes from, without the token} */
        @Override
        public String toString() {
            return origin;
        }
    }

    /**
     * {@return itself}
     *
     * @throws CommandFailure if it names a control plane that this machine neither knows nor may join
     */
    Invitation orElseKnown(ControlPlanes known) {
        if (url.isPresent() && token.isEmpty() && !known.contains(url.get())) {
            throw new CommandFailure(
                    ExitCode.USAGE,
                    "To join %s, this machine needs a token: --token, --token-file or %s. Make one there with: geniehive node invite"
                            .formatted(url.get(), JoinOptions.VARIABLE));
        }
        return this;
    }

    ConfigSources addTo(ConfigSources sources) {
        ConfigSources more =
                url.map(to -> sources.withSetting("agent.join", to, "--join")).orElse(sources);
        return token.map(one -> more.withSetting("agent.join-token", one.text(), one.origin()))
                .orElse(more);
    }

    private static String address(String text) {
        try {
            URI uri = URI.create(text.strip().replaceFirst("/+$", ""));
            boolean web = "http".equals(uri.getScheme()) || "https".equals(uri.getScheme());
            if (web && uri.getHost() != null && uri.getUserInfo() == null && uri.getQuery() == null) {
                return uri.toString();
            }
        } catch (IllegalArgumentException noUri) {
            // The message below says what is expected.
        }
        throw new CommandFailure(
                ExitCode.USAGE, "--join wants an address like http://control.lan:7833, was '%s'.".formatted(text));
    }
}
