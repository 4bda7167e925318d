package io.cardverification.callers;

import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

import io.cardverification.callers.CallersConfig.Named;
import io.cardverification.verification.Caller;
import io.quarkus.runtime.configuration.ConfigurationException;

/** Everyone who is known, and by which keys. Threads: immutable. */
final class Roster {

    static final String EVERYONE = "everyone";

    static final String KEY = "gateway.callers.named.";
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,63}");
    private static final Pattern HASH = Pattern.compile("[0-9a-fA-F]{64}");
    private static final Pattern SECRET_ID = Pattern.compile("[A-Za-z0-9_]{1,64}");
    private static final int HEAVIEST = 10;

    private final List<Caller> callers = new ArrayList<>();
    /** And, at the same places, whose they are. */
    private final List<byte[]> keyHashes = new ArrayList<>();
    private final List<Caller> holders = new ArrayList<>();
    private final List<KeyPair> keyPairs = new ArrayList<>();

    /** @throws ConfigurationException naming the key and the rule that is broken */
    Roster(Map<String, Named> named) {
        var known = new HashSet<String>();
        named.forEach((name, config) -> {
            var caller = caller(name, config);
            callers.add(caller);
            config.keyHashes().orElse(List.of()).forEach(hash -> {
                require(HASH.matcher(hash).matches(), name, ".key-hashes must be SHA-256 in hexadecimal, 64 digits each");
                require(known.add(hash.toLowerCase(Locale.ROOT)), name, ".key-hashes must not be listed twice");
                keyHashes.add(HexFormat.of().parseHex(hash));
                holders.add(caller);
            });
            config.secretId().ifPresent(id -> require(known.add(id), name, ".secret-id must not be another caller's, too"));
            pair(name, config, caller);
        });
    }

    /** Whether a caller may be called so. */
    static boolean isName(String name) {
        return NAME.matcher(name).matches() && !name.equals(EVERYONE);
    }

    private static Caller caller(String name, Named config) {
        require(isName(name), name,
                " must be named by 1 to 64 letters, digits, '.', '_' and '-', and not 'everyone'");
        require(config.keyHashes().isPresent() || config.secretId().isPresent() || config.secretKey().isPresent(), name,
                ".key-hashes, or secret-id and secret-key, must be there");
        require(!config.lanes().isEmpty(), name, ".lanes must be interactive, batch or both");
        require(config.weight() >= 1 && config.weight() <= HEAVIEST, name, ".weight must be 1 to 10");
        require(config.mostWaiting().orElse(1) >= 1, name, ".most-waiting must be at least 1");
        require(config.chargesPerDay().orElse(0) >= 0, name, ".charges-per-day must be zero or more");
        return new Caller(name, Set.copyOf(config.lanes()), config.weight(), config.mostWaiting().orElse(Caller.UNLIMITED),
                config.chargesPerDay().orElse(Caller.UNLIMITED));
    }

    private void pair(String name, Named config, Caller caller) {
        require(config.secretId().isPresent() == config.secretKey().isPresent(), name,
                ".secret-id and secret-key must come together");
        config.secretId().ifPresent(id -> require(SECRET_ID.matcher(id).matches(), name,
                ".secret-id must be 1 to 64 letters, digits and underscores"));
        config.secretKey().ifPresent(key -> require(key.equals(key.strip()), name,
                ".secret-key must not have white space before or after it"));
        config.secretId().flatMap(id -> config.secretKey().map(key -> new KeyPair(caller, id, key))).ifPresent(keyPairs::add);
    }

    private static void require(boolean rule, String name, String message) {
        if (!rule) {
            throw new ConfigurationException(KEY + name + message);
        }
    }

    List<Caller> callers() {
        return callers;
    }

    List<KeyPair> keyPairs() {
        return keyPairs;
    }

    /**
     * Compares with every hash, each in constant time, so that how long it takes tells nothing; some ten nanoseconds each.
     *
     * @return null where nobody has this key
     */
    @Nullable
    Caller holding(String key) {
        if (!ApiKey.isOne(key)) {
            return null;
        }
        var hash = ApiKey.hash(key);
        Caller holder = null;
        for (var i = 0; i < keyHashes.size(); i++) {
            if (MessageDigest.isEqual(keyHashes.get(i), hash)) {
                holder = holders.get(i);
            }
        }
        return holder;
    }
}
