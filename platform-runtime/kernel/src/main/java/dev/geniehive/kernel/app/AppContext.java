package dev.geniehive.kernel.app;

/** What the kernel lends to an app for as long as it runs. */
public interface AppContext {}
