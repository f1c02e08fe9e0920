package dev.geniehive.bench.subject;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** nginx as a plain proxy that keeps connections to the upstream and holds nothing of an answer back. */
public record Nginx(Path binary, int upstreamPort, Pins pins, UpstreamProcess guard) implements Subject {
    private static final String CONFIGURATION = """
            daemon off;
            %s
            worker_processes auto;
            worker_cpu_affinity auto;
            worker_rlimit_nofile 65536;
            pid nginx.pid;
            error_log stderr error;
            events { worker_connections 32768; }
            http {
              access_log off;
              client_max_body_size 0;
              client_body_temp_path body;
              proxy_temp_path proxy;
              fastcgi_temp_path fastcgi;
              uwsgi_temp_path uwsgi;
              scgi_temp_path scgi;
              keepalive_requests 1000000000;
              keepalive_timeout 1h;
              upstream engine {
                server 127.0.0.1:%d;
                keepalive 256;
                keepalive_requests 1000000000;
              }
              server {
                listen 127.0.0.1:%d backlog=4096;
                location / {
                  proxy_pass http://engine;
                  proxy_http_version 1.1;
                  proxy_set_header Connection "";
                  proxy_buffering off;
                  proxy_read_timeout 1h;
                }
              }
            }
            """;

    @Override
    public String name() {
        return "nginx";
    }

    @Override
    public boolean startsAnew() {
        return true;
    }

    @Override
    public Running start(Path folder) throws IOException, InterruptedException {
        Files.createDirectories(folder);
        int port = freePort();
        // Pinned, each worker has the CPUs of the rest; nginx's own affinity would take them all.
        String configuration = CONFIGURATION.formatted(user(), upstreamPort, port);
        Path file = folder.resolve("nginx.conf");
        Files.writeString(
                file, pins.cpus().isEmpty() ? configuration : configuration.replace("worker_cpu_affinity auto;\n", ""));
        long before = System.nanoTime();
        Child child = Child.start(
                pins.wrap(List.of(binary.toString(), "-p", folder.toString(), "-c", file.toString(), "-e", "stderr")),
                Map.of(),
                folder,
                guard::mind);
        Target target = Target.local(port);
        try {
            Readiness.await(() -> Http.get(target, "/v1/models").status() == 200, child);
        } catch (IOException failed) {
            child.close();
            throw failed;
        }
        return new Running(
                target, Map.of("nginx", child.pid()), Optional.empty(), System.nanoTime() - before, List.of(child));
    }

    /** Started by root, its workers would be nobody, who may not write into our folder. */
    private static String user() {
        return "root".equals(System.getProperty("user.name")) ? "user root;" : "";
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
