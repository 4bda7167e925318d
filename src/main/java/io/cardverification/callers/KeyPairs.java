package io.cardverification.callers;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

import jakarta.inject.Singleton;

import io.quarkus.runtime.configuration.ConfigurationException;

/** Every key pair that this gateway has issued, from configuration. Threads: immutable. */
@Singleton
public final class KeyPairs {

    private static final Pattern SECRET_ID = Pattern.compile("[A-Za-z0-9_]{1,64}");

    private final List<KeyPair> issued;

    /** @throws ConfigurationException naming the key and the rule that is broken */
    KeyPairs(CallersConfig config) {
        var read = new ArrayList<KeyPair>();
        var secretIds = new HashSet<String>();
        config.named().forEach((name, caller) -> pair(name, caller).ifPresent(pair -> {
            require(secretIds.add(pair.secretId()), name, "secret-id must not be another caller's, too");
            read.add(pair);
        }));
        this.issued = List.copyOf(read);
    }

    private static Optional<KeyPair> pair(String name, CallersConfig.Caller caller) {
        require(caller.secretId().isPresent() == caller.secretKey().isPresent(), name,
                "secret-id and secret-key must come together");
        caller.secretId().ifPresent(id -> require(SECRET_ID.matcher(id).matches(), name,
                "secret-id must be 1 to 64 letters, digits and underscores"));
        caller.secretKey().ifPresent(key -> require(key.equals(key.strip()), name,
                "secret-key must not have white space before or after it"));
        return caller.secretId().flatMap(id -> caller.secretKey().map(key -> new KeyPair(name, id, key)));
    }

    private static void require(boolean rule, String name, String message) {
        if (!rule) {
            throw new ConfigurationException("gateway.callers.named." + name + "." + message);
        }
    }

    public Collection<KeyPair> issued() {
        return issued;
    }
}
