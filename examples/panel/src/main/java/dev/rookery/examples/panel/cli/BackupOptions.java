package dev.rookery.examples.panel.cli;

import dev.rookery.api.InvalidInputException;
import dev.rookery.panel.s3.S3Options;
import java.net.URI;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Option;

/** Where backups go, and how many. */
final class BackupOptions {

    private static final String ACCESS_KEY = "ROOKERY_S3_ACCESS_KEY";
    private static final String SECRET_KEY = "ROOKERY_S3_SECRET_KEY";

    @Option(
            names = "--backups-per-server",
            paramLabel = "COUNT",
            description = "how many backups a server may have (default: ${DEFAULT-VALUE})",
            defaultValue = "10")
    private int perServer;

    @ArgGroup(exclusive = false, heading = "An object store for backups, instead of the disks of nodes:%n")
    private @Nullable Store store;

    /** Created by picocli. */
    BackupOptions() {}

    /** An object store that speaks S3. */
    static final class Store {

        @Option(
                names = "--s3-endpoint",
                required = true,
                paramLabel = "URL",
                description = {
                    "its address without the bucket, which nodes must reach, too;",
                    "the keys are taken from the variables " + ACCESS_KEY + " and " + SECRET_KEY
                })
        private URI endpoint = URI.create("https://s3.amazonaws.com");

        @Option(names = "--s3-bucket", required = true, paramLabel = "NAME", description = "a bucket that is there")
        private String bucket = "";

        @Option(
                names = "--s3-region",
                paramLabel = "NAME",
                description = "its region (default: ${DEFAULT-VALUE})",
                defaultValue = "us-east-1")
        private String region = "us-east-1";

        @Option(
                names = "--s3-bucket-in-host",
                description = "the bucket is the first part of the host name, not of the path")
        private boolean bucketInHost;

        /** Created by picocli. */
        Store() {}

        private S3Options options() {
            return S3Options.builder()
                    .endpoint(endpoint)
                    .region(region)
                    .bucket(bucket)
                    .pathStyle(!bucketInHost)
                    .accessKey(variable(ACCESS_KEY))
                    .secretKey(variable(SECRET_KEY))
                    .build();
        }

        private static String variable(String name) {
            return Optional.ofNullable(System.getenv(name))
                    .filter(text -> !text.isBlank())
                    .orElseThrow(() -> new InvalidInputException(
                            "environment: " + name + " is not set (expected: it holds a key of the object store)"));
        }
    }

    int perServer() {
        return perServer;
    }

    Optional<S3Options> store() {
        return Optional.ofNullable(store).map(Store::options);
    }
}
