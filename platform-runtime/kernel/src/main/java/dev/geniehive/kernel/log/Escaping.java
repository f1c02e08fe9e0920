package dev.geniehive.kernel.log;

/** Makes text printable: control characters, line separators and direction marks become visible escapes. */
final class Escaping {
    private Escaping() {}

    static String escape(String text) {
        if (text.chars().noneMatch(Escaping::isDangerous)) {
            return text;
        }
        StringBuilder safe = new StringBuilder(text.length() + 16);
        text.chars().forEach(c -> append(safe, (char) c));
        return safe.toString();
    }

    private static void append(StringBuilder safe, char c) {
        switch (c) {
            case '\n' -> safe.append("\\n");
            case '\r' -> safe.append("\\r");
            case '\t' -> safe.append("\\t");
            default -> {
                if (isDangerous(c)) {
                    safe.append("\\u%04x".formatted((int) c));
                } else {
                    safe.append(c);
                }
            }
        }
    }

    private static boolean isDangerous(int c) {
        return Character.isISOControl(c)
                || c == 0x2028
                || c == 0x2029
                || c == 0x200E
                || c == 0x200F
                || (c >= 0x202A && c <= 0x202E)
                || (c >= 0x2066 && c <= 0x2069);
    }
}
