package dev.geniehive.api.model;

import java.util.List;

/** Candidates that were made before anybody asked, as tests and other policies do. */
record MadeCandidates(List<Candidate> all) implements Candidates {
    @Override
    public int size() {
        return all.size();
    }

    @Override
    public Candidate candidate(int index) {
        return all.get(index);
    }

    private Signals signals(int index) {
        return all.get(index).signals();
    }

    @Override
    public boolean loaded(int index) {
        return signals(index).loaded();
    }

    @Override
    public ServiceHealth health(int index) {
        return signals(index).health();
    }

    @Override
    public int outstanding(int index) {
        return signals(index).outstanding();
    }

    @Override
    public int slots(int index, int otherwise) {
        return signals(index).slots().orElse(otherwise);
    }

    @Override
    public int queueDepth(int index, int otherwise) {
        return signals(index).queueDepth().orElse(otherwise);
    }

    @Override
    public int priority(int index) {
        return signals(index).priority();
    }

    @Override
    public double cost(int index) {
        return signals(index).cost();
    }

    @Override
    public double expectedFirstTokenMillis(int index) {
        return signals(index).expectedFirstTokenMillis();
    }

    @Override
    public double tieBreak(int index) {
        return signals(index).tieBreak();
    }

    @Override
    public double peakFirstTokenMillis(int index) {
        return signals(index).peakFirstTokenMillis();
    }

    @Override
    public double tokensPerSecond(int index) {
        return signals(index).tokensPerSecond();
    }

    @Override
    public double roundTripMillis(int index) {
        return signals(index).roundTripMillis();
    }

    @Override
    public double gpuUtilization(int index, double otherwise) {
        return signals(index).gpuUtilization().orElse(otherwise);
    }

    @Override
    public double prefixMatch(int index) {
        return signals(index).prefixMatch();
    }

    @Override
    public boolean sameSession(int index) {
        return signals(index).sameSession();
    }

    @Override
    public long lastChosen(int index) {
        return signals(index).lastChosen();
    }
}
