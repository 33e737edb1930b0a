package dev.rookery.api.dialect;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.rookery.api.InvalidInputException;
import dev.rookery.api.file.ArchiveFormat;
import dev.rookery.api.file.FileJob;
import dev.rookery.api.file.FileMode;
import dev.rookery.api.file.FileModeChange;
import dev.rookery.api.file.FileRename;
import dev.rookery.api.file.RemoteDownloadRequest;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The requests about files as an edge reads them, in the spelling of every dialect. Nothing is checked that the protocol answers in its
 * own words, such as an empty list. Source: node API §2.5.
 */
public final class FileRequests {

    private FileRequests() {}

    /**
     * Files to move.
     *
     * @param root what the names are relative to
     * @param files which; may be empty
     */
    public record Rename(
            @JsonProperty("root") String root,
            @JsonProperty("files") List<FileRename> files) {

        /** Fills in what is missing. */
        public Rename {
            root = root == null ? "" : root;
            files = files == null ? List.of() : List.copyOf(files);
        }
    }

    /**
     * A file to copy.
     *
     * @param location its path
     * @param path its path in newer dialects
     * @param name the copy's name; only Calagopus' panel gives one
     */
    public record Copy(
            @JsonProperty("location") String location,
            @JsonProperty("path") String path,
            @JsonProperty("name") Optional<String> name) {

        /** Fills in what is missing. */
        public Copy {
            path = path == null ? "" : path;
            location = location == null ? path : location;
            name = name == null ? Optional.empty() : name;
        }
    }

    /**
     * Files to delete.
     *
     * @param root what the names are relative to
     * @param files which; may be empty
     */
    public record Delete(
            @JsonProperty("root") String root,
            @JsonProperty("files") List<String> files) {

        /** Fills in what is missing. */
        public Delete {
            root = root == null ? "" : root;
            files = files == null ? List.of() : List.copyOf(files);
        }
    }

    /**
     * A directory to create.
     *
     * @param name its name, perhaps with directories before it
     * @param path where
     * @param root where, in newer dialects
     */
    public record Directory(
            @JsonProperty("name") String name,
            @JsonProperty("path") String path,
            @JsonProperty("root") String root) {

        /** Fills in what is missing. */
        public Directory {
            name = name == null ? "" : name;
            root = root == null ? "" : root;
            path = path == null ? root : path;
        }
    }

    /**
     * Permissions to set.
     *
     * @param root what the names are relative to
     * @param files which; may be empty
     */
    public record Chmod(
            @JsonProperty("root") String root,
            @JsonProperty("files") List<Mode> files) {

        /** Fills in what is missing. */
        public Chmod {
            root = root == null ? "" : root;
            files = files == null ? List.of() : List.copyOf(files);
        }

        /**
         * Returns the changes.
         *
         * @throws InvalidInputException if a mode is not octal
         */
        public List<FileModeChange> changes() {
            return files.stream()
                    .map(file -> new FileModeChange(file.file(), FileMode.parse(file.mode())))
                    .toList();
        }
    }

    /**
     * The permissions of one file.
     *
     * @param file its name
     * @param mode octal digits
     */
    public record Mode(
            @JsonProperty("file") String file,
            @JsonProperty("mode") String mode) {

        /** Fills in what is missing. */
        public Mode {
            file = file == null ? "" : file;
            mode = mode == null ? "" : mode;
        }
    }

    /**
     * Files to put into an archive.
     *
     * @param root what the names are relative to
     * @param files which; may be empty
     * @param name the archive's name without extension; empty lets the node choose
     * @param extension the format; what is not known becomes {@code tar.gz}
     */
    public record Compress(
            @JsonProperty("root") String root,
            @JsonProperty("files") List<String> files,
            @JsonProperty("name") Optional<String> name,
            @JsonProperty("extension") Optional<String> extension) {

        /** Fills in what is missing. */
        public Compress {
            root = root == null ? "" : root;
            files = files == null ? List.of() : List.copyOf(files);
            name = name == null ? Optional.empty() : name.filter(text -> !text.isBlank());
            extension = extension == null ? Optional.empty() : extension.filter(text -> !text.isBlank());
        }

        /** Returns the format as given, or {@code tar.gz}. */
        public ArchiveFormat format() {
            return extension.map(ArchiveFormat::new).orElse(ArchiveFormat.TAR_GZ);
        }
    }

    /**
     * An archive to unpack.
     *
     * @param root where it is, and where its content goes
     * @param file its name
     */
    public record Decompress(
            @JsonProperty("root") String root,
            @JsonProperty("file") String file) {

        /** Fills in what is missing. */
        public Decompress {
            root = root == null ? "" : root;
            file = file == null ? "" : file;
        }
    }

    /**
     * A file that will come in pieces.
     *
     * @param path where it will be
     * @param sizeBytes how long it will be
     */
    public record Upload(
            @JsonProperty("path") String path,
            @JsonProperty("size") OptionalLong sizeBytes) {

        /** The request's header that says where a piece belongs. */
        public static final String OFFSET_HEADER = "Upload-Offset";
        /** The request's header that lets a piece, if it is the last, replace what somebody else has written meanwhile: {@code true}. */
        public static final String OVERWRITE_HEADER = "Upload-Overwrite";

        /** Fills in what is missing. */
        public Upload {
            path = path == null ? "" : path;
            sizeBytes = sizeBytes == null ? OptionalLong.empty() : sizeBytes;
        }
    }

    /**
     * How much there is of what is sent in pages: our extension.
     *
     * @param total all entries
     */
    public record Total(@JsonProperty("total") long total) {}

    /**
     * The jobs with a server's files: our extension, the same in every dialect.
     *
     * @param jobs the newest first
     */
    public record Jobs(@JsonProperty("jobs") List<FileJob> jobs) {

        /** Fills in what is missing. */
        public Jobs {
            jobs = jobs == null ? List.of() : List.copyOf(jobs);
        }
    }

    /**
     * A file to fetch.
     *
     * @param root where it goes
     * @param directory where it goes, in older panels
     * @param url where it is
     * @param fileName its name
     * @param useHeader whether the name that comes with it goes first
     * @param foreground whether to answer when it is there
     */
    public record Download(
            @JsonProperty("root") String root,
            @JsonProperty("directory") String directory,
            @JsonProperty("url") String url,
            @JsonProperty("file_name") Optional<String> fileName,
            @JsonProperty("use_header") boolean useHeader,
            @JsonProperty("foreground") boolean foreground) {

        /** Fills in what is missing. */
        public Download {
            directory = directory == null ? "" : directory;
            root = root == null || root.isEmpty() ? directory : root;
            url = url == null ? "" : url;
            fileName = fileName == null ? Optional.empty() : fileName.filter(text -> !text.isBlank());
        }

        /**
         * Returns the request of the port.
         *
         * @throws InvalidInputException if the URL is none
         */
        public RemoteDownloadRequest request() {
            try {
                return new RemoteDownloadRequest(root, URI.create(url), fileName, useHeader);
            } catch (IllegalArgumentException e) {
                throw new InvalidInputException("url: '" + url + "' (expected: a URL)", e);
            }
        }
    }
}
