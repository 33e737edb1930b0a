package dev.rookery.proxy.apply;

import dev.rookery.api.Incubating;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;

/**
 * Says where the names of upstreams lead, so that a name is refused whose address would be. The engine asks again for itself whenever somebody comes: a name
 * that is made to lead elsewhere later is stopped by the proxy's network alone.
 */
@Incubating
@FunctionalInterface
public interface UpstreamNames {

    /** As this machine knows them, which is right if the engine runs on it, or asks the same DNS. */
    UpstreamNames OF_THIS_MACHINE = name -> List.of(InetAddress.getAllByName(name));

    /**
     * Returns the addresses of a name. Called on threads of the change that brings the name, several at a time; who needs longer than a few seconds is not
     * waited for.
     *
     * @throws UnknownHostException if it has none
     */
    List<InetAddress> addresses(String name) throws UnknownHostException;
}
