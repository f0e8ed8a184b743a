import { Component, type ReactNode, useEffect } from 'react';

const AGAIN_MS = 30_000;

type GuardProps = { children: ReactNode; fallback: (error: Error, retry: () => void) => ReactNode };

/** Shows a fallback in the stead of what cannot be drawn, and tries again every half minute: nobody touches a wall. */
export class Guard extends Component<GuardProps, { error: Error | null }> {
  override state = { error: null as Error | null };

  static getDerivedStateFromError(error: unknown): { error: Error } {
    return { error: error instanceof Error ? error : new Error(String(error)) };
  }

  readonly #retry = () => this.setState({ error: null });

  override render(): ReactNode {
    const { error } = this.state;
    if (error === null) return this.props.children;
    return (
      <>
        {this.props.fallback(error, this.#retry)}
        <Again retry={this.#retry} />
      </>
    );
  }
}

function Again({ retry }: { retry: () => void }) {
  useEffect(() => {
    const timer = setTimeout(retry, AGAIN_MS);
    return () => clearTimeout(timer);
  }, [retry]);
  return null;
}
