package io.cardverification;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Optional;

import io.cardverification.callers.KeyGenerator;
import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.annotations.QuarkusMain;

/**
 * Starts the gateway. With the argument {@code new-key}, and optionally a caller's name, it prints keys for a new caller
 * instead.
 *
 * <p>
 * Any other argument ends the process. A mistyped {@code new-key} must not open ports, and the gateway would ignore a
 * setting after the jar. A native executable consumes {@code -Dname=value} itself at any position, so such arguments do not
 * reach this class.
 */
@QuarkusMain
public final class GatewayApplication {

    private static final String NEW_KEY = "new-key";

    /** The exit status that shells and tools use for wrong usage. */
    private static final int USAGE_ERROR_STATUS = 2;

    GatewayApplication() {
    }

    public static void main(String... arguments) {
        var usageError = usageError(arguments);
        if (usageError.isPresent()) {
            stream(FileDescriptor.err).println(usageError.get());
            System.exit(USAGE_ERROR_STATUS);
        } else if (arguments.length > 0) {
            stream(FileDescriptor.out)
                    .print(KeyGenerator.configuration(arguments.length > 1 ? arguments[1] : "NAME", new SecureRandom()));
        } else {
            Quarkus.run(arguments);
        }
    }

    /** Returns the usage error, if any. The text repeats no argument, because an argument may be a key. */
    static Optional<String> usageError(String... arguments) {
        if (arguments.length == 0) {
            return Optional.empty();
        }
        if (!arguments[0].equals(NEW_KEY) || arguments.length > 2) {
            return Optional.of(
                    "The only arguments are new-key and the name of a caller. Settings are -Dname=value, before -jar or after the name"
                            + " of the native executable");
        }
        return arguments.length == 1 || KeyGenerator.isValidName(arguments[1]) ? Optional.empty()
                : Optional.of(
                        "new-key: the name of a caller must have 1 to 64 letters, digits, '.', '_' and '-', must begin with a letter"
                                + " or a digit, and must not be 'anonymous'");
    }

    private static PrintStream stream(FileDescriptor descriptor) {
        return new PrintStream(new FileOutputStream(descriptor), true, StandardCharsets.UTF_8);
    }
}
