package dev.geniehive.control.gateway;

/** Text that may stand in a header: engines name their models as they like. */
final class HeaderText {
    private HeaderText() {}

    /** {@return the text with everything but visible ASCII and spaces replaced by {@code ?}} */
    static String of(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) < ' ' || text.charAt(i) > '~') {
                return text.replaceAll("[^\\x20-\\x7e]", "?");
            }
        }
        return text;
    }
}
