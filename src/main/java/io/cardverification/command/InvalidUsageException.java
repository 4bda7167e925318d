package io.cardverification.command;

import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

/** Wrong usage that a command found. Its message contains no value. */
final class InvalidUsageException extends ParameterException {

    InvalidUsageException(CommandSpec command, String message) {
        super(command.commandLine(), message);
    }
}
