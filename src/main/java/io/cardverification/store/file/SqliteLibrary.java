package io.cardverification.store.file;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

import org.jboss.logging.Logger;
import org.sqlite.SQLiteJDBCLoader;
import org.sqlite.util.LibraryLoaderUtil;

/**
 * The native library of SQLite, which the driver's jar or the executable contains.
 *
 * <p>
 * Rejected: the driver's own way. It compares its copy byte by byte, which takes as long as the rest of a native start (52 ms),
 * and it needs a temporary directory, which a container may not have.
 */
final class SqliteLibrary {

    private static final Logger LOG = Logger.getLogger(SqliteLibrary.class);

    private static final String PATH = "org.sqlite.lib.path";
    private static final String NAME = "org.sqlite.lib.name";

    private SqliteLibrary() {
    }

    /** Loads the library by a copy, which it removes. If that fails, the driver loads the library in its own way. */
    static void load(Path copy) {
        var directory = copy.getParent();
        if (directory == null || System.getProperty(PATH) != null) {
            return;
        }
        try {
            extract(copy);
            System.setProperty(PATH, directory.toString());
            System.setProperty(NAME, String.valueOf(copy.getFileName()));
            SQLiteJDBCLoader.initialize();
        } catch (Exception e) { // the driver declares no other
            LOG.debugf("The library of SQLite is not loaded from %s: %s", directory, e.getClass().getSimpleName());
        } finally {
            System.clearProperty(PATH);
            System.clearProperty(NAME);
            remove(copy);
        }
    }

    private static void extract(Path copy) throws IOException {
        var name = LibraryLoaderUtil.getNativeLibResourcePath() + "/" + LibraryLoaderUtil.getNativeLibName();
        try (var library = SQLiteJDBCLoader.class.getResourceAsStream(name)) {
            if (library == null) {
                throw new IOException("no library for this platform");
            }
            Files.copy(library, copy, StandardCopyOption.REPLACE_EXISTING);
        }
    }

    private static void remove(Path copy) {
        try {
            Files.deleteIfExists(copy);
        } catch (IOException inUse) {
            // as on Windows; the next start replaces it
        }
    }
}
