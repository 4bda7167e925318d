package io.cardverification;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;

import io.cardverification.callers.NewKey;
import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.annotations.QuarkusMain;

/** Starts the gateway; with {@code new-key}, and a caller's name if wanted, prints keys for a new caller instead. */
@QuarkusMain
public final class Gateway {

    Gateway() {
    }

    public static void main(String... arguments) {
        if (arguments.length > 0 && arguments[0].equals("new-key")) {
            var out = new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8);
            out.print(NewKey.lines(arguments.length > 1 ? arguments[1] : "NAME", new SecureRandom()));
        } else {
            Quarkus.run(arguments);
        }
    }
}
