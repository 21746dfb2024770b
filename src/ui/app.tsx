/** The pages by address. */

import { FluentProvider } from '@fluentui/react-components';
import { Redirect, Route, Switch } from 'wouter';
import { RunPage } from './run/run-page.tsx';
import { RunsPage } from './runs/runs-page.tsx';
import { Shell } from './shell.tsx';
import { useSystemTheme } from './theme.ts';

/** Theme, frame and the page of the address. */
export function App() {
  return (
    <FluentProvider theme={useSystemTheme()} style={{ blockSize: '100%' }}>
      <Shell>
        <Switch>
          <Route path="/runs">
            <RunsPage />
          </Route>
          <Route path="/flows/:flow/runs/:run">
            {(params) => <RunPage key={params.run} flow={params.flow} run={params.run} />}
          </Route>
          <Route>
            <Redirect to="/runs" replace />
          </Route>
        </Switch>
      </Shell>
    </FluentProvider>
  );
}
