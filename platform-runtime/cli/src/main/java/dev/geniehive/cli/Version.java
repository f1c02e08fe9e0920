package dev.geniehive.cli;

import picocli.CommandLine;

/** The version of this distribution. */
final class Version implements CommandLine.IVersionProvider {
    static final String CURRENT = "0.1.0";

    @Override
    public String[] getVersion() {
        return new String[] {"geniehive " + CURRENT};
    }
}
