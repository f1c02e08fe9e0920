package dev.geniehive.kernel.config;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.common.Anchor;
import org.snakeyaml.engine.v2.events.AliasEvent;
import org.snakeyaml.engine.v2.events.CollectionStartEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.NodeEvent;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.parser.ParserImpl;
import org.snakeyaml.engine.v2.scanner.StreamReader;

/**
 * Builds the tree from YAML's events, keeping places and setting limits: one document, 50 levels, 50 aliases, 20,000
 * nodes with everything that aliases repeat. Used once.
 */
final class YamlTree {
    static final int MAX_DEPTH = 50;
    static final int MAX_ALIASES = 50;
    static final int MAX_NODES = 20_000;

    private static final Set<String> NULLS = Set.of("", "~", "null", "Null", "NULL");
    private static final Set<String> PLAIN_TAGS = Set.of("!", "tag:yaml.org,2002:str", "tag:yaml.org,2002:int");

    private final Path file;
    private final Iterator<Event> events;
    private final List<ConfigProblem> problems;
    private final Map<Anchor, Node> anchors = new HashMap<>();
    private int aliases;
    private int nodes;

    YamlTree(Path file, String text, List<ConfigProblem> problems) {
        LoadSettings settings = LoadSettings.builder()
                .setLabel(file.toString())
                .setCodePointLimit(YamlFile.MAX_BYTES)
                .build();
        this.file = file;
        this.events = new ParserImpl(settings, new StreamReader(settings, text));
        this.problems = problems;
    }

    static Origin at(Path file, Mark mark) {
        return new Origin.File(file, mark.getLine() + 1, mark.getColumn() + 1);
    }

    /** {@return the only document; an empty section for an empty file} */
    Node.Mapping root() {
        events.next();
        Node.Mapping root = Node.Mapping.empty(new Origin.File(file, 1, 1));
        Event event = events.next();
        if (event.getEventId() == Event.ID.StreamEnd) {
            return root;
        }
        Node node = node(events.next(), "", 1);
        events.next();
        Event after = events.next();
        if (after.getEventId() != Event.ID.StreamEnd) {
            throw refuse(at(after), "", "the file must hold one document, and here begins a second one");
        }
        return switch (node) {
            case Node.Mapping mapping -> mapping;
            case Node.Scalar(var _, boolean nothing, var _, var _) when nothing -> root;
            default -> throw refuse(node.origin(), "", "the file must be a section (key: value), was " + node.kind());
        };
    }

    private Node node(Event event, String path, int depth) {
        if (depth > MAX_DEPTH) {
            throw refuse(at(event), "", "nested deeper than " + MAX_DEPTH + " levels");
        }
        if (event instanceof AliasEvent alias) {
            return counted(target(alias, path), path);
        }
        refuseTags(event, path);
        Node node = switch (event) {
            case ScalarEvent scalar -> counted(scalar(scalar), path);
            case CollectionStartEvent start
            when start.getEventId() == Event.ID.SequenceStart -> sequence(start, path, depth);
            default -> mapping(event, path, depth);
        };
        if (event instanceof NodeEvent anchored) {
            anchored.getAnchor().ifPresent(anchor -> anchors.put(anchor, node));
        }
        return node;
    }

    private Node counted(Node node, String path) {
        nodes += node.size();
        if (nodes > MAX_NODES) {
            throw refuse(node.origin(), path, "more than " + MAX_NODES + " values, aliases counted as often as used");
        }
        return node;
    }

    private Node target(AliasEvent alias, String path) {
        aliases++;
        if (aliases > MAX_ALIASES) {
            throw refuse(at(alias), path, "more than " + MAX_ALIASES + " aliases");
        }
        Node target = anchors.get(alias.getAlias());
        if (target == null) {
            throw refuse(at(alias), path, "the alias '*" + alias.getAlias() + "' names no complete anchor before it");
        }
        return target;
    }

    private Node scalar(ScalarEvent event) {
        boolean plain = event.isPlain();
        return new Node.Scalar(event.getValue(), plain && NULLS.contains(event.getValue()), !plain, at(event));
    }

    private Node sequence(Event start, String path, int depth) {
        List<Node> items = new ArrayList<>();
        int size = 1;
        for (Event event = events.next(); event.getEventId() != Event.ID.SequenceEnd; event = events.next()) {
            Node item = node(event, path + "[" + items.size() + "]", depth + 1);
            size += item.size();
            items.add(item);
        }
        return new Node.Sequence(items, size, at(start));
    }

    private Node mapping(Event start, String path, int depth) {
        Map<String, Node.Field> fields = new LinkedHashMap<>();
        int size = 1;
        for (Event event = events.next(); event.getEventId() != Event.ID.MappingEnd; event = events.next()) {
            String key = key(event, path);
            Node value = node(events.next(), Paths.join(path, key), depth + 1);
            size += value.size() + 1;
            Node.Field earlier = fields.putIfAbsent(key, new Node.Field(at(event), value));
            if (earlier != null) {
                problems.add(new ConfigProblem(
                        at(event), Paths.join(path, key), "is there twice, first at " + earlier.key()));
            }
        }
        return new Node.Mapping(fields, size, at(start));
    }

    private String key(Event event, String path) {
        if (!(event instanceof ScalarEvent scalar)) {
            throw refuse(at(event), path, "a key must be a plain word");
        }
        if (scalar.isPlain() && scalar.getValue().equals("<<")) {
            throw refuse(at(event), path, "merge keys ('<<') are not supported");
        }
        return scalar.getValue();
    }

    private void refuseTags(Event event, String path) {
        Optional<String> tag = switch (event) {
            case ScalarEvent scalar -> scalar.getTag();
            case CollectionStartEvent start -> start.getTag();
            default -> Optional.empty();
        };
        tag.filter(name -> !PLAIN_TAGS.contains(name)).ifPresent(name -> {
            throw refuse(at(event), path, "tags such as '" + name + "' are not supported");
        });
    }

    private Origin at(Event event) {
        return event.getStartMark().map(mark -> at(file, mark)).orElseGet(() -> new Origin.File(file, 1, 1));
    }

    private static ConfigException refuse(Origin origin, String key, String message) {
        return new ConfigException(List.of(new ConfigProblem(origin, key, message)));
    }
}
