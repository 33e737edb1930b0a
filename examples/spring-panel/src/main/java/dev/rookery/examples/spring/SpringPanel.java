package dev.rookery.examples.spring;

import static org.springframework.security.config.Customizer.withDefaults;
import static org.springframework.web.servlet.function.RouterFunctions.route;

import dev.rookery.api.permission.Permissions;
import dev.rookery.panel.ConsoleRelay;
import dev.rookery.panel.ConsoleRelayOptions;
import dev.rookery.panel.Enrolment;
import dev.rookery.panel.InMemoryPanelStore;
import dev.rookery.panel.NodeDirectory;
import dev.rookery.panel.PanelEndpoint;
import dev.rookery.panel.PanelRequest;
import dev.rookery.panel.PanelService;
import dev.rookery.panel.ReadEggInterpreter;
import dev.rookery.panel.schedule.Schedules;
import dev.rookery.wings.CertificatePin;
import dev.rookery.wings.HttpNode;
import jakarta.servlet.http.HttpServletRequest;
import java.net.URI;
import java.time.Clock;
import okhttp3.OkHttpClient;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.context.annotation.Bean;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.web.servlet.function.RouterFunction;
import org.springframework.web.servlet.function.ServerResponse;

/** A whole panel: its parts, put together. What it knows is gone when it ends. */
@SpringBootApplication(proxyBeanMethods = false)
public class SpringPanel {

    /** Starts the panel, with settings as any Spring Boot program takes them. */
    public static void main(String[] args) {
        SpringApplication.run(SpringPanel.class, args);
    }

    @Bean
    NodeDirectory nodes(@Value("${rookery.url}") String panelUrl) {
        var client = new OkHttpClient();
        return NodeDirectory.keeping(known -> {
            var building = HttpNode.builder(known.url(), known.credentials()).client(client);
            known.certificate().map(CertificatePin::certificate).ifPresent(building::pins);
            return building.panelUrl(panelUrl).build();
        });
    }

    @Bean(initMethod = "start", destroyMethod = "close")
    PanelService service(NodeDirectory nodes) {
        return PanelService.builder(new InMemoryPanelStore(), nodes, new ReadEggInterpreter())
                .build();
    }

    /** Runs what is scheduled on the authority of whoever set it up: here of one user, who may do everything. */
    @Bean(initMethod = "start", destroyMethod = "close")
    Schedules schedules(PanelService service) {
        return Schedules.builder(service, (user, server) -> Permissions.administrator())
                .build();
    }

    @Bean
    Enrolment enrolment(PanelService service, @Value("${rookery.url}") URI panelUrl) {
        return new Enrolment(service.store().nodes(), panelUrl, Clock.systemUTC());
    }

    /** Hands what nodes ask to the endpoint, which knows the routes and checks the node's credentials. */
    @Bean
    RouterFunction<ServerResponse> forNodes(PanelService service, Enrolment enrolment) {
        var endpoint = new PanelEndpoint(service, enrolment);
        return route(request -> isFromNode(request.servletRequest()), request -> {
            var http = request.servletRequest();
            var query = request.params().asSingleValueMap();
            var headers = request.headers().asHttpHeaders().toSingleValueMap();
            var answer = endpoint.handle(
                    new PanelRequest(http.getMethod(), http.getServletPath(), query, headers, http.getInputStream()));
            return ServerResponse.status(answer.status())
                    .headers(it -> it.setAll(answer.headers()))
                    .body(answer.body());
        });
    }

    @Bean(destroyMethod = "close")
    ConsoleRelay relay(PanelService service) {
        return new ConsoleRelay(service, ConsoleRelayOptions.defaults(), Clock.systemUTC());
    }

    /** Asks everybody but nodes for the password. */
    @Bean
    SecurityFilterChain security(HttpSecurity http) {
        http.authorizeHttpRequests(requests -> requests.requestMatchers(SpringPanel::isFromNode)
                .permitAll()
                .anyRequest()
                .authenticated());
        http.csrf(csrf -> csrf.spa().ignoringRequestMatchers(SpringPanel::isFromNode));
        return http.httpBasic(withDefaults()).build();
    }

    private static boolean isFromNode(HttpServletRequest request) {
        return PanelEndpoint.serves(request.getServletPath());
    }
}
