package dev.geniehive.control.roles;

import dev.geniehive.api.model.Asset;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How large weights may be: a number of parameters such as {@code 40B} (thousand millions), or of bytes such as
 * {@code 24GiB}.
 *
 * @param text as it was written
 * @param amount more is too large
 * @param ofBytes whether bytes are counted, not parameters
 */
public record MaxSize(String text, double amount, boolean ofBytes) {
    private static final Pattern FORM = Pattern.compile("([0-9]{1,6}(?:\\.[0-9]{1,3})?)([KMBT]|[KMGT]i?B)");
    private static final Map<String, Double> PARAMETERS = Map.of("K", 1e3, "M", 1e6, "B", 1e9, "T", 1e12);
    private static final Map<String, Double> BYTES = Map.of(
            "KB", 1e3, "MB", 1e6, "GB", 1e9, "TB", 1e12, "KiB", 0x1p10, "MiB", 0x1p20, "GiB", 0x1p30, "TiB", 0x1p40);

    /** {@return the size that a text means, empty if it means none} */
    public static Optional<MaxSize> of(String text) {
        Matcher matcher = FORM.matcher(text);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        double number = Double.parseDouble(matcher.group(1));
        Double parameters = PARAMETERS.get(matcher.group(2));
        double unit = parameters == null ? BYTES.getOrDefault(matcher.group(2), 1.0) : parameters;
        return number == 0 ? Optional.empty() : Optional.of(new MaxSize(text, number * unit, parameters == null));
    }

    /** {@return whether weights are known to be larger} */
    public boolean isBelow(Asset asset) {
        OptionalLong size = ofBytes ? asset.sizeBytes() : asset.parameters();
        return size.isPresent() && size.getAsLong() > amount;
    }

    /** {@return how large weights are, in the unit of this size} */
    public String spell(Asset asset) {
        OptionalLong size = ofBytes ? asset.sizeBytes() : asset.parameters();
        return size.isEmpty()
                ? "unknown"
                : ofBytes
                        ? "%.1f GiB".formatted(size.getAsLong() / 0x1p30)
                        : String.format(Locale.ROOT, "%.1fB", size.getAsLong() / 1e9);
    }
}
