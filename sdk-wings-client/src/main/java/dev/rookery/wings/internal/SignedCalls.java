package dev.rookery.wings.internal;

import dev.rookery.api.Content;
import dev.rookery.api.DeniedException;
import dev.rookery.api.InvalidInputException;
import dev.rookery.api.ServerId;
import dev.rookery.api.UnavailableException;
import dev.rookery.api.backup.BackupId;
import dev.rookery.api.dialect.NodeCall;
import dev.rookery.api.permission.Permission;
import dev.rookery.api.token.SignedToken;
import dev.rookery.api.token.TokenSigner;
import dev.rookery.wings.SignedUrl;
import dev.rookery.wings.SignedUrls.Upload;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import okhttp3.HttpUrl;
import okhttp3.MediaType;
import okhttp3.MultipartBody;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes signed URLs of a server and uses them. Source: node API §2.8. */
public final class SignedCalls {

    private static final Logger LOG = LoggerFactory.getLogger(SignedCalls.class);
    private static final MediaType BYTES = MediaType.get("application/octet-stream");
    private static final String TOKEN = "token";

    private final NodeConnection node;
    private final ServerId server;

    /** Creates the calls; nothing is sent yet. */
    public SignedCalls(NodeConnection node, ServerId server) {
        this.node = node;
        this.server = server;
    }

    /** Returns where a file is loaded from. */
    public SignedUrl download(String path) {
        node.require(Permission.FILE_READ_CONTENT);
        return url(NodeCall.SIGNED_DOWNLOAD, signer().fileDownload(server, Signing.user(node), path), Map.of());
    }

    /** Returns where a backup is loaded from. */
    public SignedUrl backup(BackupId backup) {
        node.require(Permission.BACKUP_DOWNLOAD);
        return url(NodeCall.SIGNED_BACKUP, signer().backupDownload(server, Signing.user(node), backup), Map.of());
    }

    /** Returns where files are posted to. */
    public SignedUrl upload(String directory) {
        node.require(Permission.FILE_CREATE);
        return url(NodeCall.SIGNED_UPLOAD, signer().upload(server, Signing.user(node)), Map.of("directory", directory));
    }

    /** Loads what a URL leads to. */
    public Content open(SignedUrl url) {
        var call = call(url, NodeCall.SIGNED_DOWNLOAD, NodeCall.SIGNED_BACKUP);
        try {
            return node.open(call);
        } catch (UnavailableException e) {
            throw explained(e, url);
        }
    }

    /** Sends files to a URL. */
    public void send(SignedUrl url, List<Upload> files) {
        try {
            if (files.isEmpty()) {
                throw new InvalidInputException("files: none (expected: at least one)");
            }
            var body = new MultipartBody.Builder().setType(MultipartBody.FORM);
            files.forEach(file -> Multipart.add(body, new Multipart.Part("files", file.name(), BYTES, file.content())));
            node.ask(call(url, NodeCall.SIGNED_UPLOAD).body(body.build()));
        } catch (UnavailableException e) {
            throw explained(e, url);
        } finally {
            files.forEach(SignedCalls::close);
        }
    }

    private TokenSigner signer() {
        return Signing.of(node.settings(), node.dialect());
    }

    private SignedUrl url(NodeCall call, SignedToken<?> token, Map<String, String> query) {
        var url = node.query(call).url().newBuilder().addQueryParameter(TOKEN, token.text());
        query.forEach(url::addQueryParameter);
        return new SignedUrl(url.build().uri(), token.token().stamp().expiresAt());
    }

    /** Finds which call a URL is for: it has to be one of this node, and of the right kind. */
    private RemoteCall call(SignedUrl url, NodeCall... calls) {
        var target = HttpUrl.parse(url.uri().toString());
        if (target != null) {
            for (var call : calls) {
                var known = node.streaming(call);
                if (sameKind(target, known.url())) {
                    return known.to(target).server(server).withoutCredentials();
                }
            }
        }
        throw new InvalidInputException(
                "signed URL: " + url + " (expected: one of " + node.settings().peer() + " for this kind of use)");
    }

    /** The last part of the path may differ: Calagopus' nodes have more kinds of downloads than others. */
    private static boolean sameKind(HttpUrl target, HttpUrl known) {
        return target.scheme().equals(known.scheme())
                && target.host().equals(known.host())
                && target.port() == known.port()
                && parent(target).equals(parent(known));
    }

    private static List<String> parent(HttpUrl url) {
        var path = url.encodedPathSegments();
        return path.subList(0, path.size() - 1);
    }

    /** Go daemons answer their 500 for everything to a token that has expired. */
    private RuntimeException explained(UnavailableException e, SignedUrl url) {
        boolean expired = node.settings().clock().instant().isAfter(url.expiresAt());
        return expired && e.answer().isPresent()
                ? new DeniedException(
                        e.getMessage() + " (the signed URL expired at " + url.expiresAt() + ")",
                        e,
                        e.answer().orElse(null))
                : e;
    }

    private static void close(Upload file) {
        try {
            file.content().close();
        } catch (IOException e) {
            LOG.debug("the content of '{}' cannot be closed", file.name(), e);
        }
    }
}
