package io.cardverification.command;

import java.io.PrintWriter;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/** All commands of the executable. Without a command, the executable is the gateway. */
@Command(name = "card-verification-gateway", description = "Without a command it is the gateway. Settings of the gateway are"
        + " -Dname=value, before -jar or after the name of the native executable.", subcommands = NewKeyCommand.class)
public final class GatewayCommand implements Runnable {

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @SuppressWarnings("UnusedVariable") // picocli reads it
    @Option(names = { "-h", "--help" }, usageHelp = true, scope = ScopeType.INHERIT, description = "Shows this help.")
    private boolean isHelpRequested;

    GatewayCommand() {
    }

    /**
     * Runs one command to its end. Threads: the main thread, which may wait.
     *
     * @return the exit status; 2 if the usage is wrong
     */
    public static int execute(PrintWriter out, PrintWriter err, String... arguments) {
        return new CommandLine(new GatewayCommand()).setOut(out).setErr(err)
                .setParameterExceptionHandler(UsageError::report).execute(arguments);
    }

    @Override
    public void run() {
        throw new InvalidUsageException(spec, "a command is missing");
    }
}
