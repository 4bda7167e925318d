package io.cardverification.tencentcloud;

import java.net.URLDecoder;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * A decoded query or {@code application/x-www-form-urlencoded} body: names to values, in ASCII order.
 *
 * <p>
 * Decodes both {@code +} and {@code %20} to a space, because the SDKs send both. Rejects invalid UTF-8 instead of replacing it:
 * a bank would compare the replaced value, and charge for that.
 */
record FormParameters(SortedMap<String, String> values) {

    /** Far above any call of the API. Bounds the work before the signature is checked. */
    private static final int MAX_PARAMETERS = 200;
    private static final int MAX_DEPTH = 4;

    private static final Pattern PAIRS = Pattern.compile("&");
    private static final Pattern INDEX = Pattern.compile("0|[1-9][0-9]{0,3}");

    /** The text cannot be parsed; the message is the violated rule. */
    static final class MalformedFormException extends Exception {

        private static final long serialVersionUID = 1;

        MalformedFormException(String rule) {
            super(rule, null, false, false);
        }
    }

    /** @param text of a body, decoded as ISO 8859-1, or a raw query */
    static FormParameters parse(String text) throws MalformedFormException {
        var values = new TreeMap<String, String>();
        for (var pair : pairs(text)) {
            if (pair.isEmpty()) {
                continue;
            }
            var equals = pair.indexOf('=');
            var name = decode(equals < 0 ? pair : pair.substring(0, equals));
            if (values.put(name, equals < 0 ? "" : decode(pair.substring(equals + 1))) != null) {
                throw new MalformedFormException("A parameter is given twice.");
            }
        }
        return new FormParameters(values);
    }

    private static String[] pairs(String text) throws MalformedFormException {
        var pairs = PAIRS.split(text, MAX_PARAMETERS + 1);
        if (pairs.length > MAX_PARAMETERS) {
            throw new MalformedFormException("There are more than " + MAX_PARAMETERS + " parameters.");
        }
        return pairs;
    }

    private static String decode(String text) throws MalformedFormException {
        try {
            var bytes = URLDecoder.decode(text, StandardCharsets.ISO_8859_1).getBytes(StandardCharsets.ISO_8859_1);
            return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
        } catch (IllegalArgumentException | CharacterCodingException e) {
            throw new MalformedFormException("The parameters are not URL-encoded UTF-8.");
        }
    }

    /** Converts {@code a.b.0=x} to nested lists and maps, without the given names. */
    Map<String, Object> nested(Set<String> without) throws MalformedFormException {
        var root = new TreeMap<String, Object>();
        for (var entry : values.entrySet()) {
            if (!without.contains(entry.getKey())) {
                put(root, path(entry.getKey()), entry.getValue());
            }
        }
        return withLists(root);
    }

    private static List<String> path(String name) throws MalformedFormException {
        var path = name.split("\\.", MAX_DEPTH + 1);
        if (path.length > MAX_DEPTH) {
            throw new MalformedFormException("A structure is nested too deep.");
        }
        return List.of(path);
    }

    private static void put(Map<String, Object> node, List<String> path, String value) throws MalformedFormException {
        var inner = node;
        for (var step : path.subList(0, path.size() - 1)) {
            inner = inner(inner.computeIfAbsent(step, key -> new TreeMap<String, Object>()));
        }
        if (inner.put(path.get(path.size() - 1), value) != null) {
            throw contradictory();
        }
    }

    @SuppressWarnings("unchecked") // put creates only such maps
    private static Map<String, Object> inner(Object node) throws MalformedFormException {
        if (node instanceof Map<?, ?> map) {
            return (Map<String, Object>) map;
        }
        throw contradictory();
    }

    private static MalformedFormException contradictory() {
        return new MalformedFormException("A parameter is given both as a value and as a structure.");
    }

    private static Map<String, Object> withLists(Map<String, Object> node) throws MalformedFormException {
        for (var entry : node.entrySet()) {
            if (entry.getValue() instanceof Map<?, ?>) {
                var inner = withLists(inner(entry.getValue()));
                entry.setValue(INDEX.matcher(inner.keySet().iterator().next()).matches() ? list(inner) : inner);
            }
        }
        return node;
    }

    /** Requires each index from 0 on. */
    private static List<Object> list(Map<String, Object> node) throws MalformedFormException {
        var list = new ArrayList<>();
        for (var i = 0; i < node.size(); i++) {
            var element = node.get(Integer.toString(i));
            if (element == null) {
                throw new MalformedFormException("The indexes of an array must count from 0.");
            }
            list.add(element);
        }
        return list;
    }

    @Override
    public String toString() {
        return "Form[*]";
    }
}
