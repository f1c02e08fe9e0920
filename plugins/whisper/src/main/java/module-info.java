import org.jspecify.annotations.NullMarked;

/** Speaks to servers that write down what is said, and knows two of them: whisper.cpp and speaches. */
@NullMarked
module dev.geniehive.plugin.whisper {
    requires dev.geniehive.api;
    requires static org.jspecify;

    provides dev.geniehive.api.spi.GeniePlugin with
            dev.geniehive.plugin.whisper.WhisperPlugin;
}
