package dev.geniehive.kernel.body;

/** What a value is. */
enum Kind {
    OBJECT,
    ARRAY,
    STRING,
    NUMBER,
    TRUE,
    FALSE,
    NULL
}
