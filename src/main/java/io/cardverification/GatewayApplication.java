package io.cardverification;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;

import io.cardverification.command.GatewayCommand;
import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.annotations.QuarkusMain;

/**
 * Starts the gateway, or runs a command instead if there are arguments.
 *
 * <p>
 * Wrong arguments end the process. A mistyped command must not open ports, and the gateway would ignore a setting after the
 * jar. A native executable consumes {@code -Dname=value} itself at any position, so such arguments do not reach this class.
 */
@QuarkusMain
public final class GatewayApplication {

    GatewayApplication() {
    }

    public static void main(String... arguments) {
        if (arguments.length == 0) {
            Quarkus.run(arguments);
        } else {
            System.exit(GatewayCommand.execute(writer(FileDescriptor.out), writer(FileDescriptor.err), arguments));
        }
    }

    private static PrintWriter writer(FileDescriptor descriptor) {
        return new PrintWriter(new FileOutputStream(descriptor), true, StandardCharsets.UTF_8);
    }
}
