package dev.geniehive.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Text in columns, as wide as what stands in them. */
final class Table {
    private static final int WIDEST = 60;
    private static final int GAP = 2;

    private final List<List<String>> rows = new ArrayList<>();

    Table(String... heads) {
        rows.add(List.of(heads).stream()
                .map(head -> head.toUpperCase(Locale.ROOT))
                .toList());
    }

    Table row(String... cells) {
        rows.add(List.of(cells));
        return this;
    }

    @Override
    public String toString() {
        StringBuilder out = new StringBuilder();
        for (List<String> row : rows) {
            StringBuilder line = new StringBuilder();
            for (int column = 0; column < row.size(); column++) {
                boolean last = column == row.size() - 1;
                String cell = row.get(column);
                line.append(cell).append(last ? "" : " ".repeat(Math.max(0, width(column) - cell.length()) + GAP));
            }
            out.append(line.toString().stripTrailing()).append('\n');
        }
        return out.toString();
    }

    private int width(int column) {
        return rows.stream()
                .mapToInt(row -> row.get(column).length())
                .filter(length -> length <= WIDEST)
                .max()
                .orElse(WIDEST);
    }
}
