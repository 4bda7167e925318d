package io.cardverification.command;

import picocli.CommandLine;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** Reports wrong usage in one line. It repeats the name of an option and never a value, because a value may be a key. */
final class UsageError {

    private static final int STATUS = 2;

    private UsageError() {
    }

    static int report(ParameterException error, String... arguments) {
        var command = error.getCommandLine();
        var err = command.getErr();
        err.println(command.getCommandSpec().qualifiedName() + ": " + reason(error) + ". " + hint(command));
        err.flush();
        return STATUS;
    }

    private static String hint(CommandLine command) {
        return command.getParent() == null ? "The commands are " + String.join(", ", command.getSubcommands().keySet())
                + "; --help describes them. Settings are -Dname=value, before -jar or after the name of the native executable"
                : "--help describes the command";
    }

    private static String reason(ParameterException error) {
        if (error instanceof UnmatchedArgumentException unmatched) {
            var argument = unmatched.getUnmatched().get(0);
            return argument.startsWith("--") ? "unknown option " + argument.replaceFirst("=.*", "")
                    : unmatched.isUnknownOption() ? "unknown option" : "unknown argument";
        }
        if (error instanceof InvalidUsageException || error instanceof MissingParameterException) {
            return String.valueOf(error.getMessage());
        }
        var wrong = error.getArgSpec();
        return wrong == null ? "wrong arguments"
                : "wrong value of " + (wrong.isOption() ? ((OptionSpec) wrong).longestName()
                        : wrong.paramLabel());
    }
}
