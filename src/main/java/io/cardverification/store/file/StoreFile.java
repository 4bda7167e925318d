package io.cardverification.store.file;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermissions;

import io.cardverification.store.sql.SqlFailure;

/**
 * The file of a store and the lock beside it, which the process holds for its life. The operating system releases the lock when
 * the process dies.
 *
 * <p>
 * Rejected: SQLite's own locks. They are free between transactions, so a second process would start.
 */
final class StoreFile implements AutoCloseable {

    private static final String OWNER_ONLY = "rw-------";
    private static final String OWNER_ONLY_DIRECTORY = "rwx------";

    private final Path path;
    private final FileChannel lock;

    private StoreFile(Path path, FileChannel lock) {
        this.path = path;
        this.lock = lock;
    }

    /**
     * Creates the directory and the file if they are absent, readable for the owner only.
     *
     * @throws SqlFailure if that is not possible, or if another process has the file
     */
    static StoreFile open(Path file) {
        var path = file.toAbsolutePath();
        try {
            var directory = path.getParent();
            if (directory != null && !Files.isDirectory(directory)) {
                Files.createDirectories(directory, attributes(OWNER_ONLY_DIRECTORY));
            }
            var lock = lock(sibling(path, ".lock"));
            create(path);
            return new StoreFile(path, lock);
        } catch (IOException e) {
            throw new SqlFailure(reason(e));
        }
    }

    private static FileChannel lock(Path path) throws IOException {
        create(path);
        var channel = FileChannel.open(path, StandardOpenOption.WRITE);
        try {
            if (channel.tryLock() != null) {
                return channel;
            }
        } catch (OverlappingFileLockException locked) {
            // by this process
        }
        channel.close();
        throw new SqlFailure("another gateway uses it");
    }

    private static void create(Path path) throws IOException {
        try {
            Files.createFile(path, attributes(OWNER_ONLY));
        } catch (FileAlreadyExistsException existing) {
            if (!Files.isRegularFile(path)) {
                throw new SqlFailure("it is not a regular file");
            }
        }
    }

    private static FileAttribute<?>[] attributes(String permissions) {
        return Files.getFileAttributeView(Path.of("."), PosixFileAttributeView.class) == null
                ? new FileAttribute<?>[0]
                : new FileAttribute<?>[] { PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions)) };
    }

    private static String reason(IOException failure) {
        var reason = failure instanceof FileSystemException named ? named.getReason() : failure.getMessage();
        return reason == null ? failure.getClass().getSimpleName() : reason;
    }

    Path path() {
        return path;
    }

    /** A file of this process beside the store's. */
    Path sibling(String suffix) {
        return sibling(path, suffix);
    }

    private static Path sibling(Path path, String suffix) {
        return path.resolveSibling(path.getFileName() + suffix);
    }

    boolean isNew() {
        return path.toFile().length() == 0;
    }

    long size() {
        return path.toFile().length();
    }

    @Override
    public void close() {
        try {
            lock.close();
        } catch (IOException e) {
            throw new SqlFailure(reason(e));
        }
    }
}
