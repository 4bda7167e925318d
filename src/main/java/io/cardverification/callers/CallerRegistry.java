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

import io.cardverification.callers.CallersConfig.CallerConfig;
import io.cardverification.config.ConfigRange;
import io.cardverification.verification.Caller;
import io.quarkus.runtime.configuration.ConfigurationException;

/** The callers and their keys. Threads: immutable. */
final class CallerRegistry {

    static final String ANONYMOUS = "anonymous";

    static final String NAMED_PREFIX = "gateway.callers.named.";
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,63}");
    private static final Pattern HASH = Pattern.compile("[0-9a-fA-F]{64}");
    private static final Pattern SECRET_ID = Pattern.compile("[A-Za-z0-9_]{1,64}");
    private static final int MAX_WEIGHT = 10;

    private final List<Caller> callers = new ArrayList<>();
    /** The caller at the same index owns the hash. */
    private final List<byte[]> keyHashes = new ArrayList<>();
    private final List<Caller> keyOwners = new ArrayList<>();
    private final List<SdkCredentials> sdkCredentials = new ArrayList<>();

    /** @throws ConfigurationException with the key and the broken rule */
    CallerRegistry(Map<String, CallerConfig> named) {
        var issued = new HashSet<String>();
        named.forEach((name, config) -> {
            var caller = caller(name, config);
            callers.add(caller);
            config.keyHashes().orElse(List.of()).forEach(hash -> {
                require(HASH.matcher(hash).matches(), name, ".key-hashes must be SHA-256 in hexadecimal, 64 digits each");
                require(issued.add(hash.toLowerCase(Locale.ROOT)), name, ".key-hashes must not be listed twice");
                keyHashes.add(HexFormat.of().parseHex(hash));
                keyOwners.add(caller);
            });
            config.secretId().ifPresent(id -> require(issued.add(id), name, ".secret-id must not belong to two callers"));
            addSdkCredentials(name, config, caller);
        });
    }

    /** Checks length and characters. The name of the anonymous caller is reserved. */
    static boolean isValidName(String name) {
        return NAME.matcher(name).matches() && !name.equals(ANONYMOUS);
    }

    private static Caller caller(String name, CallerConfig config) {
        require(isValidName(name), name,
                " must have a name of 1 to 64 letters, digits, '.', '_' and '-', but not 'anonymous'");
        require(config.keyHashes().isPresent() || config.secretId().isPresent() || config.secretKey().isPresent(), name,
                ".key-hashes, or secret-id and secret-key, must be set");
        require(!config.lanes().isEmpty(), name, ".lanes must be interactive, batch or both");
        ConfigRange.require(NAMED_PREFIX + name + ".weight", config.weight(), 1, MAX_WEIGHT);
        ConfigRange.requireAtLeast(NAMED_PREFIX + name + ".max-concurrent", config.maxConcurrent().orElse(1), 1);
        ConfigRange.requireZeroOrMore(NAMED_PREFIX + name + ".charges-per-day", config.chargesPerDay().orElse(0));
        return new Caller(name, Set.copyOf(config.lanes()), config.weight(), config.maxConcurrent().orElse(Caller.UNLIMITED),
                config.chargesPerDay().orElse(Caller.UNLIMITED));
    }

    private void addSdkCredentials(String name, CallerConfig config, Caller caller) {
        require(config.secretId().isPresent() == config.secretKey().isPresent(), name,
                ".secret-id and secret-key must be set together");
        config.secretId().ifPresent(id -> require(SECRET_ID.matcher(id).matches(), name,
                ".secret-id must be 1 to 64 letters, digits and underscores"));
        config.secretKey().ifPresent(key -> require(key.equals(key.strip()), name,
                ".secret-key must not have white space before or after it"));
        config.secretId().flatMap(id -> config.secretKey().map(key -> new SdkCredentials(caller, id, key)))
                .ifPresent(sdkCredentials::add);
    }

    private static void require(boolean rule, String name, String message) {
        if (!rule) {
            throw new ConfigurationException(NAMED_PREFIX + name + message);
        }
    }

    List<Caller> callers() {
        return callers;
    }

    List<SdkCredentials> sdkCredentials() {
        return sdkCredentials;
    }

    /**
     * Finds the owner of an API key. Compares the key with every hash, each in constant time, so that the duration reveals
     * nothing. A comparison takes about ten nanoseconds.
     *
     * @return null if no caller has this key
     */
    @Nullable
    Caller findByApiKey(String key) {
        if (!ApiKey.isWellFormed(key)) {
            return null;
        }
        var hash = ApiKey.hash(key);
        Caller owner = null;
        for (var i = 0; i < keyHashes.size(); i++) {
            if (MessageDigest.isEqual(keyHashes.get(i), hash)) {
                owner = keyOwners.get(i);
            }
        }
        return owner;
    }
}
