package io.cardverification.command;

import java.security.SecureRandom;

import io.cardverification.callers.KeyGenerator;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Prints the keys of a new caller as lines for the configuration. It opens no port and stores nothing. */
@Command(name = "new-key", description = "Prints the keys of a new caller, and the lines for the configuration of the gateway.")
final class NewKeyCommand implements Runnable {

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @Parameters(arity = "0..1", paramLabel = "NAME", defaultValue = "NAME", description = "The name of the caller: "
            + KeyGenerator.NAME_RULE)
    private String caller = "NAME";

    @Override
    public void run() {
        if (!KeyGenerator.isValidName(caller)) {
            throw new InvalidUsageException(spec, "the name of a caller must have " + KeyGenerator.NAME_RULE);
        }
        var out = spec.commandLine().getOut();
        out.print(KeyGenerator.configuration(caller, new SecureRandom()));
        out.flush();
    }
}
